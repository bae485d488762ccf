import type { Capabilities } from '../capabilities.ts'
import { sessionMoves } from './session-words.ts'

const megabyte = 1_048_576
const hour = 3_600_000

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'file', 'location', 'card', 'product', 'order', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'file', 'location', 'card', 'menu', 'product', 'article'],
  text: { most: 2048, unit: 'bytes', splits: true },
  attachments: {
    image: { mimes: ['image/jpeg', 'image/png'], bytes: 10 * megabyte, caption: 0, convertTo: 'image/jpeg' },
    audio: { mimes: ['audio/amr'], bytes: 2 * megabyte, caption: 0, durationMs: 60_000, convertTo: 'audio/amr' },
    video: { mimes: ['video/mp4'], bytes: 10 * megabyte, caption: 0, convertTo: 'video/mp4' },
    file: { mimes: ['*/*'], bytes: 20 * megabyte, caption: 0 },
  },
  // 128 bytes, which Chinese words fill sooner.
  menu: { options: 10, label: 42 },
  miniPrograms: 'any',
  window: {
    message: { ms: 48 * hour, messages: 5 },
    // A welcome and a good-bye, by the codes of their events.
    acts: { enter: { ms: 20_000, messages: 1 }, end: { ms: 20_000, messages: 1 } },
    afterwards: [],
  },
  receipts: ['failed'],
  typing: { in: false, out: false },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: true, out: false },
  reactions: { in: false, out: false },
  templates: false,
  sessions: sessionMoves,
  groups: false,
  echoes: true,
  rate: { perSecond: 50, perPeerPerSecond: 5 },
  ordering: { in: 'ordered', settleMs: 0 },
  optOut: null,
}
