/** The "@…" that is being typed before the caret, or null. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
  const match = /(?:^|[\s,，。;；:：(（])@([^\s@]{0,30})$/u.exec(text.slice(0, caret))
  if (match?.[1] === undefined) return null
  return { from: caret - match[1].length - 1, query: match[1].toLowerCase() }
}

/** Whose names still stand in the text when the note is sent. */
export function mentionedIn(text: string, agents: readonly { id: string; name: string }[]): string[] {
  return agents.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)
}
