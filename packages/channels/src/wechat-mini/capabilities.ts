import type { Capabilities } from '../capabilities.ts'

const megabyte = 1_048_576
const minute = 60_000

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'card', 'unsupported'],
  sends: ['text', 'image', 'card', 'product', 'article'],
  text: { most: 2048, unit: 'bytes', splits: true },
  attachments: {
    image: {
      mimes: ['image/jpeg', 'image/png', 'image/gif'],
      // The page names both 2 MB and 10 MB; what is within the smaller is taken by either.
      bytes: 2 * megabyte,
      caption: 0,
      convertTo: 'image/jpeg',
    },
  },
  menu: null,
  miniPrograms: 'own',
  window: {
    message: { ms: 48 * 60 * minute, messages: 5 },
    acts: { enter: { ms: minute, messages: 2 } },
    afterwards: [],
  },
  receipts: [],
  typing: { in: false, out: true },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: false,
  groups: false,
  echoes: false,
  rate: { perSecond: 50, perPeerPerSecond: 5 },
  // Each message is a call of its own, and two of them may overtake each other.
  ordering: { in: 'unordered', settleMs: 500 },
  optOut: null,
}
