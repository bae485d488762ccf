import type { Capabilities } from '../capabilities.ts'

const day = 86_400_000
const megabyte = 1_048_576

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'file', 'location', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'file', 'card', 'menu'],
  text: { most: 2000, unit: 'utf-16', splits: true },
  attachments: {
    image: {
      mimes: ['image/jpeg', 'image/png', 'image/gif'],
      bytes: 8 * megabyte,
      caption: 0,
      convertTo: 'image/jpeg',
    },
    audio: { mimes: ['audio/*'], bytes: 25 * megabyte, caption: 0 },
    video: { mimes: ['video/*'], bytes: 25 * megabyte, caption: 0 },
    file: { mimes: ['application/*', 'text/*'], bytes: 25 * megabyte, caption: 0 },
  },
  menu: { options: 13, label: 20 },
  window: {
    message: { ms: day, messages: null },
    acts: { referral: { ms: day, messages: null }, optin: { ms: day, messages: null } },
    afterwards: ['human-agent'],
    humanAgentMs: 7 * day,
  },
  receipts: ['delivered', 'read'],
  typing: { in: false, out: true },
  readsOut: true,
  replyTo: false,
  edits: { in: true, out: false },
  recalls: { in: false, out: false },
  reactions: { in: true, out: true },
  templates: false,
  groups: false,
  echoes: true,
  rate: { perSecond: 300, perPeerPerSecond: 5 },
  ordering: { in: 'unordered', settleMs: 1_000 },
  optOut: null,
}
