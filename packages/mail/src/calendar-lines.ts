import ICAL from 'ical.js'

/** A content line (RFC 5545 §3.1): `text` is all of it, unfolded. */
export interface Line {
  name: string
  value: string
  text: string
}

const longest = 512 * 1024
const mostLines = 10_000
const longestLine = 16_384

/** What is longer than any invitation is not read: programs that are made to choke others have nothing to choke. */
export function calendarLines(ics: string): Line[] {
  const lines: Line[] = []
  for (const text of ics
    .slice(0, longest)
    .replace(/^\uFEFF/, '')
    .replace(/\r*\n[ \t]/g, '')
    .split(/\r*\n/, mostLines)) {
    const name = /^[A-Za-z0-9-]{1,60}(?=[;:])/.exec(text)?.[0]
    if (name === undefined || text.length > longestLine) continue
    const line = quotedZone(text)
    lines.push({ name: name.toUpperCase(), value: line.slice(valueAt(line)), text: line })
  }
  return lines
}

/** Outlook's names of zones hold colons, and older ones stand there without the quotes that they would need. */
const quotedZone = (line: string): string =>
  line.replace(/^([A-Za-z-]+;(?:[^":;]*;)*TZID=)([^":;][^";]*):(?=\d{8}(?:T\d|$))/i, '$1"$2":')

/** Behind the first colon that is in no quotes. */
function valueAt(line: string): number {
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted
    else if (line[at] === ':' && !quoted) return at + 1
  }
  return line.indexOf(':') + 1 || line.length
}

const bounds = (line: Line, what: 'BEGIN' | 'END'): string | null =>
  line.name === what ? line.value.trim().toUpperCase() : null

/** Of the first event, or task, without what is nested in it (alarms). */
export function eventLines(lines: readonly Line[]): Line[] {
  const found: Line[] = []
  let depth = 0
  for (const line of lines) {
    const begins = bounds(line, 'BEGIN')
    if (depth === 0) {
      if (begins === 'VEVENT' || begins === 'VTODO') depth = 1
      continue
    }
    if (begins !== null) depth += 1
    else if (bounds(line, 'END') !== null) {
      depth -= 1
      if (depth === 0) break
    } else if (depth === 1) found.push(line)
  }
  return found
}

const mostZones = 20
const mostZoneLines = 200

/** The zones that the mail describes itself. */
export function zoneBlocks(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = []
  let block: Line[] | null = null
  for (const line of lines) {
    if (bounds(line, 'BEGIN') === 'VTIMEZONE') block = []
    block?.push(line)
    if (block && bounds(line, 'END') === 'VTIMEZONE') {
      if (block.length <= mostZoneLines) blocks.push(block)
      block = null
      if (blocks.length === mostZones) break
    }
  }
  return blocks
}

/** Null for a line that is none. */
export function propertyOf({ text }: Line): ICAL.Property | null {
  try {
    return ICAL.Property.fromString(text)
  } catch {
    return null
  }
}

/** As plain text within bounds; null when there is nothing to read. */
export function textOf(line: Line | null, most: number): string | null {
  const value: unknown = line && propertyOf(line)?.getFirstValue()
  return plain(typeof value === 'string' ? value : (line?.value ?? ''), most)
}

/** Without what draws nothing, or draws what follows backwards. */
export const plain = (text: string, most: number): string | null =>
  text
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim()
    .slice(0, most)
    .toWellFormed() || null
