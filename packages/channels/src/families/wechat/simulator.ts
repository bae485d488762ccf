import { XMLBuilder } from 'fast-xml-parser'
import { type ApiRequest, madeSecret, type Shown } from '../../simulator.ts'

/** What the simulated providers of this family share: tokens that run out, media that are kept for three days, XML. */

const minute = 60_000
const day = 1440 * minute

/** 43 characters that are 32 bytes in base64. */
export const madeAesKey = (): string => (madeSecret() + madeSecret()).slice(0, 43)

/** One person in all accounts: the same name is the same one. */
export const unionOf = (name: string): string => `o6_${Buffer.from(name).toString('base64url')}`.slice(0, 60)

/** The same token until five minutes before its end; the older one works five minutes longer. */
export function createTokens(now: () => Date, seconds: number) {
  let tokens: { value: string; endsAt: number; worksUntil: number }[] = []
  let made = 0
  return {
    give(): { access_token: string; expires_in: number } {
      const at = now().getTime()
      let current = tokens.at(-1)
      if (!current || current.endsAt - at <= Math.min(5 * minute, (seconds * 1000) / 4)) {
        if (current) current.worksUntil = Math.max(current.endsAt, at + 5 * minute)
        const endsAt = at + seconds * 1000
        current = { value: `token_${(made += 1)}_${'x'.repeat(40)}`, endsAt, worksUntil: endsAt }
        tokens.push(current)
      }
      return { access_token: current.value, expires_in: Math.round((current.endsAt - at) / 1000) }
    },
    /** The code of the refusal; null when the token works. */
    doubt(value: string | null): number | null {
      if (!value) return 41_001
      const known = tokens.find((token) => token.value === value)
      if (!known) return 40_001
      return now().getTime() < known.worksUntil ? null : 42_001
    },
    /** As when somebody else asks for new ones, or the secret is reset. */
    revoke: () => void (tokens = []),
  }
}

export interface StoredMedia {
  bytes: Buffer
  mime: string
  name: string
  type: string
}
export function createMedia(now: () => Date) {
  const kept = new Map<string, StoredMedia & { until: number }>()
  return {
    keep(media: StoredMedia): string {
      const id = `media_${kept.size + 1}`
      kept.set(id, { ...media, until: now().getTime() + 3 * day })
      return id
    },
    find(id: string | null | undefined): StoredMedia | undefined {
      const media = kept.get(id ?? '')
      return media && now().getTime() < media.until ? media : undefined
    },
  }
}

/** The file in the field `media`; null when there is none. */
export async function uploadedFile({ headers, body }: ApiRequest): Promise<Omit<StoredMedia, 'type'> | null> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData()
    const file = form.get('media')
    if (!(file instanceof File)) return null
    return { bytes: Buffer.from(await file.arrayBuffer()), mime: file.type, name: file.name }
  } catch {
    return null
  }
}

const megabyte = 1_048_576
interface UploadLimits {
  mimes: readonly string[] | null
  bytes: number
  tooLarge: number
}
export type Uploads = Readonly<Record<string, UploadLimits>>
/** Of api.weixin.qq.com. */
export const uploadLimits = {
  // The smaller of the two that its page names (wechat/README.md).
  image: { mimes: ['image/jpeg', 'image/png', 'image/gif'], bytes: 2 * megabyte, tooLarge: 40_009 },
  voice: { mimes: ['audio/amr', 'audio/mpeg'], bytes: 2 * megabyte, tooLarge: 40_010 },
  video: { mimes: ['video/mp4'], bytes: 10 * megabyte, tooLarge: 40_011 },
  thumb: { mimes: ['image/jpeg'], bytes: 65_536, tooLarge: 40_012 },
  file: { mimes: null, bytes: 20 * megabyte, tooLarge: 40_006 },
}
export function uploadDoubt(type: string, file: Omit<StoredMedia, 'type'> | null, uploads: Uploads): number | null {
  const limits = uploads[type]
  if (!limits) return 40_004
  if (!file || file.bytes.length === 0) return 41_005
  if (limits.mimes && !limits.mimes.includes(file.mime)) return 40_005
  return file.bytes.length > limits.bytes ? limits.tooLarge : null
}

export type XmlValue = string | number | readonly XmlValue[] | XmlFields
export interface XmlFields {
  readonly [name: string]: XmlValue
}
const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value)
/** Words come in CDATA, numbers do not. */
function marked(value: XmlValue): unknown {
  if (isList(value)) return value.map(marked)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, marked(inner)]))
  }
  return typeof value === 'number' || /^\d+$/u.test(value) ? value : { '#cdata': value }
}
const builder = new XMLBuilder({ cdataPropName: '#cdata', processEntities: false })
export const toXml = (fields: XmlFields): string => builder.build({ xml: marked(fields) })

/** What is open to a customer: how many messages, until when. */
export function createAllowances(now: () => Date) {
  const open = new Map<string, { until: number; left: number }>()
  return {
    allow: (act: string, ms: number, messages: number) =>
      void open.set(act, { until: now().getTime() + ms, left: messages }),
    shut: () => open.clear(),
    /** Uses up one; what stands in the way when there is none. */
    use(): 'closed' | 'used' | null {
      const alive = [...open.values()]
        .filter(({ until }) => now().getTime() < until)
        .toSorted((one, other) => one.until - other.until)
      const next = alive.find(({ left }) => left > 0)
      if (next) next.left -= 1
      return next ? null : alive.length === 0 ? 'closed' : 'used'
    },
  }
}

export const ok = (value: object) => ({
  status: 200,
  headers: { 'content-type': 'application/json; encoding=utf-8' },
  body: JSON.stringify(value),
})

export const shown = (now: () => Date, what: Omit<Shown, 'at'>): Shown => ({ ...what, at: now().toISOString() })
