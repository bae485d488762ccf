/** `in-12` is an event of a provider, `out-…` an entry on its way to one. */
export function letterName(letterId: string): { direction: string; id: string } {
  const dash = letterId.indexOf('-')
  return { direction: letterId.slice(0, dash), id: letterId.slice(dash + 1) }
}
