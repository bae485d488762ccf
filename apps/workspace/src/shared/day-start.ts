/** When the day began in a zone: "today" is the organisation's, wherever the lead sits. */
export function dayStart(zone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0)
  const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second')
  return new Date(Math.floor(now / 1000) * 1000 - seconds * 1000).toISOString()
}
