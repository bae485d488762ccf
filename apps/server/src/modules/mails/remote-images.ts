import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '#platform/errors'
import type { SafeFetch, SafeResponse } from '#platform/safe-fetch'
import { createShortCache } from '#platform/short-cache'

/**
 * Pictures of other servers are fetched by us: whoever sent them learns neither who looks nor from where. A link is good
 * for one address and a while; whoever makes one has checked who may see the mail.
 */
export interface RemoteImages {
  linkTo(url: string, now: Date): string
  open(link: RemoteLink, now: Date): Promise<RemoteImage>
}
interface RemoteLink {
  url: string
  expires: number
  signature: string
}
export interface RemoteImage {
  mime: string
  bytes: Buffer
}

const lifetimeMs = 15 * 60_000
const stepMs = 5 * 60_000
const largest = 5 * 1024 * 1024
const redirectsAtMost = 3
const keptMs = 10 * 60_000
/** By count, so a few times `largest`. */
const keptAtMost = 12

export function createRemoteImages(get: SafeFetch, key: string): RemoteImages {
  const kept = createShortCache<RemoteImage>(keptMs, keptAtMost)
  const sign = (url: string, expires: number): string =>
    createHmac('sha256', key).update(`${expires} ${url}`).digest('base64url')
  return {
    linkTo(url, now) {
      const expires = Math.ceil((now.getTime() + lifetimeMs) / stepMs) * (stepMs / 1000)
      return `/media/remote?u=${encodeURIComponent(url)}&e=${expires}&s=${sign(url, expires)}`
    },
    async open({ url, expires, signature }, now) {
      const wanted = Buffer.from(sign(url, expires))
      const given = Buffer.from(signature)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw refused('The link is forged')
      if (expires * 1000 <= now.getTime()) throw refused('The link is expired')
      const image = await kept.read(url, () => load(get, url))
      if (!image) throw new AppError('not-found', { detail: 'There is no picture at that address' })
      return image
    },
  }
}

const refused = (detail: string): AppError => new AppError('forbidden', { detail })

async function load(get: SafeFetch, address: string): Promise<RemoteImage | null> {
  let url = address
  for (let turn = 0; turn <= redirectsAtMost; turn += 1) {
    const answer = await ask(get, url)
    if (!answer) return null
    const { location } = answer.headers
    if (answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, url)) {
      url = new URL(location, url).href
      continue
    }
    const mime = answer.status === 200 && !answer.truncated ? pictureType(answer.body) : null
    return mime ? { mime, bytes: answer.body } : null
  }
  return null
}

/** That it did not work is all that anybody needs to know: why would tell of what else is there. */
async function ask(get: SafeFetch, url: string): Promise<SafeResponse | null> {
  try {
    return await get(url, { headers: { accept: 'image/*', 'accept-encoding': 'identity' }, maxBytes: largest })
  } catch {
    return null
  }
}

/** By what it is, not by what it says it is: no page, no drawing that runs code. */
function pictureType(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 12).toString('latin1')
  if (head.startsWith('\u0089PNG\r\n')) return 'image/png'
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (head.startsWith('GIF8')) return 'image/gif'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp'
  return head.slice(4, 12) === 'ftypavif' ? 'image/avif' : null
}
