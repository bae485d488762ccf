import { type EntryBody, type MessageEntry, webUrl } from '@qiao/protocol'
import type { ThreadKey } from '../thread-words.ts'

/** One thing that came beside a message, in words of ours; a link only where a person may press it. */
export interface Beside {
  key: ThreadKey
  values?: Record<string, string>
  url?: string
}

const most = 8
const longest = 200
const short = (text: string): string => {
  const letters = Array.from(text.replace(/\s+/gu, ' ').trim())
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('')
}

/** How the customer came, and whatever the channel told that has no place of its own. */
export function besideOf(entry: MessageEntry): readonly Beside[] {
  if (entry.kind !== 'message.received' || entry.body.content.type === 'mail') return none
  const { referral, extra } = entry.body
  if (!referral && extra === undefined) return none
  return [...(referral ? came(referral) : []), ...told(extra)].slice(0, most)
}
const none: readonly Beside[] = []

const linked = (url: unknown): { url?: string } => {
  const known = webUrl.safeParse(url)
  return known.success ? { url: known.data } : {}
}

/** Sources as providers name them; any other is shown as it is. */
const sources: Readonly<Record<string, ThreadKey>> = {
  ad: 'came.ad',
  ads: 'came.ad',
  post: 'came.post',
  article: 'came.article',
  link: 'came.link',
  shortlink: 'came.link',
  qr: 'came.code',
  code: 'came.code',
}

function came({ source, parameter, title, url }: NonNullable<EntryBody<'message.received'>['referral']>): Beside[] {
  const key = sources[source.toLowerCase()] ?? 'came.other'
  return [
    { key, values: { source: short(source) }, ...linked(url) },
    ...(title ? [plain(title)] : []),
    ...(parameter ? [{ key: 'parameter' as const, values: { value: short(parameter) } }] : []),
  ]
}

/** Words that need none of ours. */
const plain = (value: string): Beside => ({ key: 'other', values: { name: '', value: short(value) } })

type Reader = (value: unknown, all: Record<string, unknown>) => Beside | null
const valued =
  (key: ThreadKey): Reader =>
  (value) =>
    isScalar(value) && value !== '' ? { key, values: { value: short(String(value)) } } : null
const hidden: Reader = () => null
const when =
  (key: ThreadKey): Reader =>
  (value) =>
    value ? { key } : null

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** What each fact means. Names that say nothing to people are left out. */
const readers: Readonly<Record<string, Reader>> = {
  storyReply: (story) => ({ key: 'storyReply', ...linked(isObject(story) ? story['url'] : undefined) }),
  storyMention: (url) => ({ key: 'storyMention', ...linked(url) }),
  mentioned: (where, { url }) => ({
    key: where === 'caption' ? 'mentioned.caption' : 'mentioned.comment',
    ...linked(url),
  }),
  url: (url, { mentioned }) => (mentioned ? null : { ...(valued('other')(url, {}) ?? plain('')), ...linked(url) }),
  shared: when('shared'),
  referred_product: (product) =>
    isObject(product) ? valued('product')(product['product_retailer_id'] ?? product['catalog_id'], product) : null,
  note: valued('note'),
  forwarded: (value, { frequently_forwarded: often }) => (value && !often ? { key: 'forwarded' } : null),
  frequently_forwarded: when('forwarded.often'),
  forwardedFrom: (value) => (value === '' ? { key: 'forwarded' } : valued('forwarded.from')(value, {})),
  quote: valued('quote'),
  album: when('album'),
  livePeriodSeconds: (seconds) =>
    typeof seconds === 'number' ? { key: 'live', values: { minutes: String(Math.round(seconds / 60)) } } : null,
  pagePath: valued('page'),
  appId: (value, { pagePath }) => (pagePath ? null : valued('app')(value, {})),
  webAppData: valued('appData'),
  shop: valued('shop'),
  price: valued('price'),
  missing: valued('missing'),
  // The same of each text: at which of our numbers it came, and from which region.
  to: hidden,
  destCode: hidden,
  extendCode: hidden,
  signName: hidden,
  place: hidden,
  segments: hidden,
  optOutType: hidden,
  ctwa_clid: hidden,
  thumbMediaId: hidden,
  mediaId16K: hidden,
}

function told(extra: unknown): Beside[] {
  if (isScalar(extra)) return [plain(String(extra))]
  if (!isObject(extra)) return extra === undefined || extra === null ? [] : [plain(JSON.stringify(extra))]
  return Object.entries(extra).flatMap(([name, value]) => {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (read) return read(value, extra) ?? []
    if (value === null || value === '') return []
    const words = isScalar(value) ? String(value) : JSON.stringify(value)
    return [{ key: 'other' as const, values: { name: short(name), value: short(words) }, ...linked(value) }]
  })
}
