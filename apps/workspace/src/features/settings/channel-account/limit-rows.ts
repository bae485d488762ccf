import type { ChannelCapabilities } from '@qiao/protocol'
import { byteSize } from '../../../shared/bytes.ts'
import type { Translate, WordKey } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { duration } from '../../../shared/time.ts'
import type { limitsWords } from './limits-words.ts'

type Key = WordKey<typeof limitsWords>
type Can = 'yes' | 'no' | 'as-text'

/** What can be done in each direction; null: there is no such thing. */
export interface CanRow {
  name: Key
  in: Can | null
  out: Can | null
  notes: string[]
}

const contents = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'contact',
  'card',
  'menu',
  'form',
  'product',
  'order',
  'article',
] as const
const files = ['image', 'audio', 'video', 'file'] as const
const fileKinds: ReadonlySet<string> = new Set(files)
const hasFiles = (name: string): name is (typeof files)[number] => fileKinds.has(name)
/** These only go from us to customers; what they choose or fill in comes back as an answer. */
const onlyOut: ReadonlySet<string> = new Set(['card', 'menu', 'form', 'product', 'article'])

export const carriesFiles = ({ receives, sends }: Pick<ChannelCapabilities, 'receives' | 'sends'>): boolean =>
  [...receives, ...sends].some(hasFiles)

export function contentRows(can: ChannelCapabilities, t: Translate<Key>): CanRow[] {
  return contents.map((name) => ({
    name,
    in: can.receives.includes(name) ? 'yes' : onlyOut.has(name) ? null : 'no',
    out: can.sends.includes(name) ? 'yes' : can.sends.includes('text') ? 'as-text' : 'no',
    notes: notesOf(name, can, t),
  }))
}

function notesOf(name: (typeof contents)[number], can: ChannelCapabilities, t: Translate<Key>): string[] {
  if (!can.sends.includes(name)) return []
  if (name === 'text') {
    const { most, unit, splits } = can.text
    return [t('textMost', { most: most.toLocaleString(), unit: t(`unit.${unit}`) }), t(splits ? 'splits' : 'noSplit')]
  }
  if (name === 'menu' && can.menu) return [t('options', can.menu)]
  if (!hasFiles(name)) return []
  const limits = can.attachments[name]
  if (!limits) return []
  const any = limits.mimes.includes('*/*')
  return [
    any ? t('anyType') : t('mimes', { mimes: joined([...new Set(limits.mimes.map(shortType))]) }),
    ...(limits.convertTo && !any ? [t('converted')] : []),
    t('size', { size: byteSize(limits.bytes) }),
    ...(limits.durationMs === undefined ? [] : [t('length', { time: duration(limits.durationMs) })]),
    ...(limits.caption > 0 ? [t('caption', { most: limits.caption.toLocaleString() })] : []),
  ]
}

const office = 'vnd.openxmlformats-officedocument.'
/** What people call a type where that is not its second half. */
const typeNames: Readonly<Record<string, string>> = {
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  'video/3gpp': '3GP',
  'text/plain': 'TXT',
  'application/msword': 'DOC',
  'application/vnd.ms-excel': 'XLS',
  'application/vnd.ms-powerpoint': 'PPT',
  [`application/${office}wordprocessingml.document`]: 'DOCX',
  [`application/${office}spreadsheetml.sheet`]: 'XLSX',
  [`application/${office}presentationml.presentation`]: 'PPTX',
}
const shortType = (mime: string): string =>
  typeNames[mime] ?? (mime.split('/')[1] ?? mime).replace(/^x-/, '').toUpperCase()

const signs = ['typing', 'edits', 'recalls', 'reactions'] as const
const yes = (can: boolean): Can => (can ? 'yes' : 'no')

export const signRows = (can: ChannelCapabilities): CanRow[] => [
  ...signs.map((name): CanRow => ({ name, in: yes(can[name].in), out: yes(can[name].out), notes: [] })),
  { name: 'replyTo', in: null, out: yes(can.replyTo), notes: [] },
]

export interface Rule {
  name: Key
  words: string[]
}

export function rulesOf(can: ChannelCapabilities, t: Translate<Key>): Rule[] {
  const { window, receipts } = can
  return [
    ...(window ? windowRules(window, t) : [{ name: 'window' as const, words: [t('always')] }]),
    {
      name: 'receipts',
      words: [receipts.length > 0 ? joined(receipts.map((receipt) => t(`receipt.${receipt}`))) : t('noReceipts')],
    },
    { name: 'templates', words: [t(yes(can.templates))] },
    { name: 'groups', words: [can.groups ? t('groupsYes') : t('no')] },
    { name: 'echoes', words: [t(can.echoes ? 'echoesYes' : 'echoesNo')] },
  ]
}

const actKeys: Readonly<Record<string, Key>> = {
  follow: 'act.follow',
  scan: 'act.scan',
  enter: 'act.enter',
  end: 'act.end',
  click: 'act.click',
  referral: 'act.referral',
  optin: 'act.optin',
}

function windowRules(window: NonNullable<ChannelCapabilities['window']>, t: Translate<Key>): Rule[] {
  const { message, acts = {}, afterwards, humanAgentMs = 0 } = window
  const lesser = Object.entries(acts).map(([act, { ms, messages }]) => {
    const key = actKeys[act]
    const words = { act: key ? t(key) : act, time: duration(ms) }
    return messages === null ? t('actFree', words) : t('actOf', { ...words, count: messages })
  })
  const later = afterwards.map((way) => t(`afterwards.${way}`, { time: duration(humanAgentMs) }))
  return [
    {
      name: 'window',
      words: [
        t('windowOf', { time: duration(message.ms) }),
        ...(message.messages === null ? [] : [t('atMost', { count: message.messages })]),
      ],
    },
    ...(lesser.length > 0 ? [{ name: 'acts' as const, words: lesser }] : []),
    { name: 'afterwards', words: later.length > 0 ? later : [t('afterwards.none')] },
  ]
}
