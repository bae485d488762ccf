import type { Command } from '../../shared/commands.ts'

/** Every word of the query must stand in the title, anywhere; titles that begin with it come first. */
export function findCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.trim().toLowerCase().split(/\s+/u).filter(Boolean)
  const seen = new Set<string>()
  const unique = commands.filter(({ id }) => !seen.has(id) && seen.add(id))
  const fits = unique.filter(({ title, group }) => {
    const text = `${title} ${group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const first = words[0] ?? ''
  const starts = (command: Command): number => (command.title.toLowerCase().startsWith(first) ? 0 : 1)
  return fits.toSorted((a, b) => starts(a) - starts(b))
}
