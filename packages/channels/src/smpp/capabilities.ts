import type { Capabilities } from '../capabilities.ts'
import { chineseOptOut, chineseOptOutCodes, englishOptOut, optOutWords } from '../families/sms/opt-out-words.ts'
import type { Config } from './config.ts'

export const capabilities: Capabilities = {
  receives: ['text', 'unsupported'],
  sends: ['text'],
  // Operators put up to ten together at most (https://www.twilio.com/docs/glossary/what-sms-character-limit).
  text: { most: 10, unit: 'segments', splits: true },
  attachments: {},
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
  // Parts of one message are requests of their own.
  rate: { perSecond: 10, perPeerPerSecond: 10 },
  ordering: { in: 'ordered', settleMs: 0 },
  optOut: optOutWords(englishOptOut, chineseOptOut, chineseOptOutCodes),
}

export const capabilitiesOf = ({ perSecond }: Config): Capabilities => ({
  ...capabilities,
  rate: { perSecond, perPeerPerSecond: Math.min(10, perSecond) },
})
