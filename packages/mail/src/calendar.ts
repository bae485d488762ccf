import type { Calendar } from './mail.ts'

/** What an invitation says at a glance; the file itself stays an attachment. */
export function readCalendar(ics: string, method: string | null): Calendar {
  const lines = ics
    .slice(0, 64 * 1024)
    .replace(/\r*\n[ \t]/g, '')
    .split(/\r*\n/)
  const inEvent = Math.max(
    0,
    lines.findIndex((line) => /^BEGIN:V(EVENT|TODO)/i.test(line)),
  )
  const valueOf = (name: string, from: number) => {
    const line = lines.slice(from).find((text) => new RegExp(`^${name}[;:]`, 'i').test(text))
    return line
      ? line
          .slice(line.indexOf(':', name.length) + 1)
          .replace(/\\n/gi, '\n')
          .replace(/\\([,;\\])/g, '$1')
          .trim() || null
      : null
  }
  return {
    method: (method ?? valueOf('METHOD', 0))?.toUpperCase() ?? null,
    summary: valueOf('SUMMARY', inEvent),
    start: valueOf('DTSTART', inEvent),
    location: valueOf('LOCATION', inEvent),
  }
}
