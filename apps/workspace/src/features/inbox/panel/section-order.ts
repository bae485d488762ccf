export const sections = [
  'summary',
  'person',
  'attributes',
  'people',
  'conversation',
  'earlier',
  'visits',
  'events',
  'device',
] as const
export type Section = (typeof sections)[number]

/** The agent's own order; sections that it does not name (newer than the preference) follow in ours. */
export function orderSections(preferred: readonly string[]): Section[] {
  const known = preferred.flatMap((name) => sections.find((section) => section === name) ?? [])
  return [...new Set([...known, ...sections])]
}

export function moveSection(order: readonly Section[], section: Section, step: 1 | -1): Section[] {
  const at = order.indexOf(section)
  const to = at + step
  if (at === -1 || to < 0 || to >= order.length) return [...order]
  const without = order.toSpliced(at, 1)
  return without.toSpliced(to, 0, section)
}
