import type { Capabilities } from '../capabilities.ts'

const day = 86_400_000
const megabyte = 1_048_576

/** Cautious: no limit is documented. https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies (2026-11-28) */
export const commentLimit = { most: 300, unit: 'utf-16', splits: true } as const

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'file', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'file', 'card', 'menu'],
  text: { most: 1000, unit: 'bytes', splits: true },
  attachments: {
    image: {
      mimes: ['image/jpeg', 'image/png', 'image/gif'],
      bytes: 8 * megabyte,
      caption: 0,
      convertTo: 'image/jpeg',
    },
    audio: {
      mimes: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/x-wav'],
      bytes: 25 * megabyte,
      caption: 0,
      convertTo: 'audio/mp4',
    },
    video: {
      mimes: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
      bytes: 25 * megabyte,
      caption: 0,
      convertTo: 'video/mp4',
    },
    file: { mimes: ['application/pdf'], bytes: 25 * megabyte, caption: 0 },
  },
  menu: { options: 13, label: 20 },
  window: {
    message: { ms: day, messages: null },
    acts: { referral: { ms: day, messages: null } },
    afterwards: ['human-agent'],
    humanAgentMs: 7 * day,
  },
  receipts: ['read'],
  typing: { in: false, out: true },
  readsOut: true,
  replyTo: false,
  edits: { in: true, out: false },
  recalls: { in: true, out: false },
  // https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message (2026-07-02)
  reactions: { in: true, out: true, only: ['❤️'] },
  templates: false,
  groups: false,
  // Comments and mentions: words, whenever one likes, and nothing is told of what became of them.
  inThreads: {
    public: {
      sends: ['text'],
      privately: { ms: 7 * day },
      text: commentLimit,
      attachments: {},
      menu: null,
      window: null,
      receipts: [],
      typing: { in: false, out: false },
      readsOut: false,
      replyTo: true,
      edits: { in: false, out: false },
      recalls: { in: false, out: false },
      reactions: { in: false, out: false },
    },
  },
  echoes: true,
  rate: { perSecond: 300, perPeerPerSecond: 5 },
  ordering: { in: 'unordered', settleMs: 1_000 },
  optOut: null,
}
