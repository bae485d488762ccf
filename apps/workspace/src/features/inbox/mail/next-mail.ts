/** Which letter a key leads to: the one beside that at which the reader is, else the newest. At an end it stays there. */
export function nextMail(ids: readonly string[], from: string | null, step: 1 | -1): string | undefined {
  const at = from === null ? -1 : ids.indexOf(from)
  return at === -1 ? ids.at(-1) : ids[Math.max(0, Math.min(ids.length - 1, at + step))]
}
