const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  bst: 60,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  mez: 60,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  kst: 540,
  hkt: 480,
  ist: 330,
}
const format =
  /(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*(am|pm)?\s*(?:GMT|UTC)?\s*([+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})?/i

/** RFC 5322 with its obsolete forms; whatever else JavaScript can read; else nothing. Always in UTC. */
export function readDate(raw: string | null): string | null {
  if (!raw) return null
  const match = format.exec(raw.slice(0, 200))
  if (!match) return iso(/\d{4}/.test(raw) ? Date.parse(raw.slice(0, 100).replace(/\(.*\)/, '')) : Number.NaN)
  const [, day, monthName, yearText, hourText, minute, second, half, zone] = match
  const month = months.indexOf(monthName!.toLowerCase())
  if (month < 0) return null
  const short = Number(yearText)
  const year = yearText!.length === 4 ? short : short < 50 ? 2000 + short : 1900 + short
  const hour = (Number(hourText) % (half ? 12 : 24)) + (/pm/i.test(half ?? '') ? 12 : 0)
  return iso(Date.UTC(year, month, Number(day), hour, Number(minute) - offsetOf(zone), Number(second ?? 0)))
}

function offsetOf(zone = ''): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone)
  if (!match) return zones[zone.toLowerCase()] ?? 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return minutes > 24 * 60 ? 0 : match[1] === '-' ? -minutes : minutes
}

const iso = (time: number) => (Number.isNaN(time) || Math.abs(time) > 8e15 ? null : new Date(time).toISOString())
