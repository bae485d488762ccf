export interface Point {
  latitude: number
  longitude: number
}

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`
const pair = new RegExp(String.raw`^${number}\s*[,，\s]\s*${number}$`, 'u')
/** Of what maps write into their addresses: a marked place before where the page happens to look. */
const inAddresses = [
  new RegExp(`[?&]mlat=${number}&mlon=${number}`, 'u'),
  new RegExp(`!3d${number}!4d${number}`, 'u'),
  new RegExp(`[?&](?:q|ll|query|center)=${number}(?:,|%2C)${number}`, 'iu'),
  new RegExp(`#map=\\d+(?:\\.\\d+)?/${number}/${number}`, 'u'),
  new RegExp(`/@${number},${number}`, 'u'),
]

/**
 * Where something is, as coordinates (latitude first) or as the address of a page of OpenStreetMap, Google or Apple. Maps of
 * China are not read: their coordinates are another system's, hundreds of metres off.
 */
export function pointIn(text: string): Point | null {
  const found = text.trim().match(pair) ?? (isMap(text) ? firstOf(text) : null)
  const [latitude, longitude] = [Number(found?.[1]), Number(found?.[2])]
  return found && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

const isMap = (text: string): boolean =>
  /^https:\/\/[\w.]*\b(?:openstreetmap|google|apple)\.[a-z.]+\//u.test(text.trim())

function firstOf(text: string): RegExpMatchArray | null {
  for (const pattern of inAddresses) {
    const found = text.match(pattern)
    if (found) return found
  }
  return null
}
