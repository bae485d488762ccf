import type { Capabilities } from '../capabilities.ts'
import type { Config } from './config.ts'

const megabyte = 1_048_576
const minute = 60_000

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'location', 'card', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'card', 'menu', 'product', 'article', 'template'],
  text: { most: 2048, unit: 'bytes', splits: true },
  attachments: {
    image: {
      mimes: ['image/jpeg', 'image/png', 'image/gif'],
      // The page names both 2 MB and 10 MB; what is within the smaller is taken by either.
      bytes: 2 * megabyte,
      caption: 0,
      convertTo: 'image/jpeg',
    },
    audio: {
      mimes: ['audio/amr', 'audio/mpeg'],
      bytes: 2 * megabyte,
      caption: 0,
      durationMs: minute,
      convertTo: 'audio/amr',
    },
    video: { mimes: ['video/mp4'], bytes: 10 * megabyte, caption: 0, convertTo: 'video/mp4' },
  },
  menu: { options: 10, label: 100 },
  miniPrograms: 'any',
  window: {
    message: { ms: 48 * 60 * minute, messages: 5 },
    acts: {
      click: { ms: minute, messages: 3 },
      follow: { ms: minute, messages: 3 },
      scan: { ms: minute, messages: 3 },
    },
    afterwards: ['template'],
  },
  // Of templates and subscription notices; nothing is told of other messages.
  receipts: ['delivered', 'failed'],
  typing: { in: false, out: true },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: true,
  groups: false,
  echoes: false,
  rate: { perSecond: 50, perPeerPerSecond: 5 },
  // Each message is a call of its own, and two of them may overtake each other.
  ordering: { in: 'unordered', settleMs: 500 },
  optOut: null,
}

/** Five seconds are WeChat's, and it calls three times in all; the answer takes its way too. */
const answers = { withinMs: 4_500, calls: 3 }
const asLongAsItCalls = { ms: 15_000, messages: 1 }

/** Without the customer service API: one message for what the customer does, of kinds that need no upload. */
const passive: Capabilities = {
  ...capabilities,
  sends: ['text', 'card', 'product', 'article'],
  attachments: {},
  menu: null,
  miniPrograms: undefined,
  window: {
    message: { ms: 48 * 60 * minute, messages: 1 },
    acts: { click: asLongAsItCalls, follow: asLongAsItCalls, scan: asLongAsItCalls },
    afterwards: [],
  },
  answers: { ...answers, only: true },
  receipts: [],
  typing: { in: false, out: false },
  templates: false,
}

export function capabilitiesOf({ api }: Pick<Config, 'api'>): Capabilities {
  if (api === 'passive') return passive
  return api === 'answers' ? { ...capabilities, answers } : capabilities
}
