import type { Words } from '@qiao/channels'
import type { Shown, ShownMenuEntry } from '@qiao/channels/simulators'
import { lookOf } from './looks.ts'
import type { Owner } from './owners.ts'
import type { Line, Trouble } from './phones.ts'

/** What a page needs to draw a phone, before anything happens on it. */
export interface PhoneInfo {
  channel: string
  name: Words
  family: string
  can: readonly string[]
  acts: readonly { act: string; words: Words }[]
  /** The act by which an address or a code is opened; null where there are none. */
  opens: string | null
  /** Words that stop the business from writing, and allow it again. */
  stopWord: string | null
  startWord: string | null
  tellsRead: boolean
  windowMs: number | null
  troubles: readonly Trouble[]
}

export interface PhoneState {
  channel: string
  screen: readonly ShownBubble[]
  typingUntil: number
  aheadMs: number
  trouble: Trouble | null
  menu: readonly ShownMenuEntry[]
}
interface ShownBubble extends Pick<Shown, 'id' | 'mine' | 'at' | 'text' | 'type' | 'choices'> {
  /** Of the customer's own. */
  mark?: 'sent' | 'delivered' | 'read'
  file?: { address: string; kind: 'image' | 'audio' | 'video' | 'file'; name: string }
  /** A page that it leads to. */
  link?: string
}

/** What can be written here: files as the channel takes them. */
const writable = ['image', 'audio', 'file', 'location']

export function infoOf({ channel, simulator, windowMs }: Line): PhoneInfo {
  const { about, capabilities } = channel
  const { family, acts, opens = null } = lookOf(about.id)
  return {
    channel: about.id,
    name: about.name,
    family,
    can: writable.filter((type) => capabilities.receives.some((one) => one === type)),
    acts,
    opens,
    stopWord: capabilities.optOut?.stop[0] ?? capabilities.optOut?.stopPromotion?.[0] ?? null,
    startWord: capabilities.optOut?.start[0] ?? null,
    tellsRead: capabilities.receipts.includes('read'),
    windowMs,
    troubles: simulator.expireToken ? ['silence', 'rate-limit', 'token'] : ['silence', 'rate-limit'],
  }
}

/** A page shows no more; long chats are for the workspace. */
const mostShown = 100

export function stateOf(line: Line, owner: Owner, origin: string): PhoneState {
  const { simulator, channel, aheadMs, trouble } = line
  const phone = simulator.phone(owner.name)
  return {
    channel: channel.about.id,
    screen: phone.screen.slice(-mostShown).map((shown) => bubbleOf(line, owner, shown, origin)),
    typingUntil: phone.typingUntil ?? 0,
    aheadMs,
    trouble,
    menu: simulator.menu?.() ?? [],
  }
}

function bubbleOf(line: Line, owner: Owner, shown: Shown, origin: string): ShownBubble {
  const { id, mine, at, text, type, choices, seen, media, reaction } = shown
  const key = `${line.channel.about.id} ${id}`
  const own = owner.files.get(key)
  const kept = own ?? (media?.id === undefined ? undefined : line.simulator.file?.(media.id))
  const kind = kindOf(type, kept?.mime ?? media?.mime)
  const path = `/playground/phones/${line.channel.about.id}/files/${encodeURIComponent(id)}`
  const address = kept ? path : kind && media?.url ? addressOf(media.url, origin) : null
  return {
    id,
    mine,
    at,
    text,
    type,
    ...(choices ? { choices } : {}),
    ...(reaction ? { reaction } : {}),
    ...(mine ? { mark: seen ? 'read' : owner.handedOn.has(key) ? 'delivered' : 'sent' } : {}),
    ...(kind && address ? { file: { address, kind, name: own?.name ?? media?.name ?? '' } } : {}),
    ...(!kind && media?.url ? { link: addressOf(media.url, origin) } : {}),
  }
}

/** Files of ours are reached from wherever the page was opened. */
function addressOf(url: string, origin: string): string {
  if (!URL.canParse(url)) return '#'
  const parsed = new URL(url)
  if (parsed.origin === origin) return parsed.pathname + parsed.search
  return /^https?:$/u.test(parsed.protocol) ? parsed.href : '#'
}

function kindOf(type: string, mime = ''): 'image' | 'audio' | 'video' | 'file' | null {
  const [of = ''] = mime.split('/')
  if (of === 'image' || of === 'audio' || of === 'video') return of
  if (type === 'image' || type === 'sticker') return 'image'
  if (type === 'audio' || type === 'voice') return 'audio'
  if (type === 'video') return 'video'
  return type === 'file' || type === 'document' ? 'file' : null
}

/** Bytes of something on this owner's own screen; of nobody else's. */
export function fileOn({ channel, simulator }: Line, owner: Owner, id: string): { bytes: Buffer; mime: string } | null {
  const shown = simulator.phone(owner.name).screen.find((one) => one.id === id)
  if (!shown) return null
  const mediaId = shown.media?.id
  return (
    owner.files.get(`${channel.about.id} ${id}`) ?? (mediaId === undefined ? null : (simulator.file?.(mediaId) ?? null))
  )
}
