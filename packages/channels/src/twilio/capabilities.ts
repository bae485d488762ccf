import type { Capabilities } from '../capabilities.ts'
import { chineseOptOut, englishOptOut, optOutWords } from '../families/sms/opt-out-words.ts'
import type { Config } from './config.ts'

/** https://www.twilio.com/docs/messaging/api/message-resource: Body up to 1600 characters (2026-11-22). */
const text = { most: 1600, unit: 'utf-16', splits: true } as const
/** What Twilio takes is five megabytes with the words; of what is no picture most operators take one. */
const ofPictures = 5_000_000 - 6_400
const ofOthers = 1_000_000

/** https://www.twilio.com/docs/messaging/guides/accepted-mime-types (2026-07-07) */
const attachments: Capabilities['attachments'] = {
  image: {
    mimes: ['image/jpeg', 'image/png', 'image/gif'],
    bytes: ofPictures,
    caption: text.most,
    convertTo: 'image/jpeg',
  },
  audio: {
    mimes: ['audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/3gpp'],
    bytes: ofOthers,
    caption: text.most,
    convertTo: 'audio/amr',
  },
  video: {
    mimes: ['video/mp4', 'video/3gpp', 'video/mpeg'],
    bytes: ofOthers,
    caption: text.most,
    convertTo: 'video/mp4',
  },
  file: { mimes: ['application/pdf', 'text/vcard', 'text/calendar'], bytes: ofOthers, caption: text.most },
}

export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'file', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'file'],
  text,
  attachments,
  menu: null,
  window: null,
  writesFirst: 'words',
  paid: true,
  receipts: ['sent', 'delivered', 'failed'],
  typing: { in: false, out: false },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: false,
  groups: false,
  echoes: false,
  // Twilio queues by what operators allow; a customer's messages keep their order only with time between them.
  rate: { perSecond: 20, perPeerPerSecond: 1 },
  ordering: { in: 'untold', settleMs: 0 },
  // Single letters of Chinese advertising are left out: to a number abroad N is an answer.
  optOut: optOutWords(englishOptOut, chineseOptOut),
}

/** Without MMS every file is a link. */
export const capabilitiesOf = ({ mms }: Config): Capabilities =>
  mms ? capabilities : { ...capabilities, sends: ['text'], attachments: {} }
