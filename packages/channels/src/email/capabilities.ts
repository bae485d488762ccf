import type { AttachmentLimits, Capabilities } from '../capabilities.ts'

/** Of all files of a letter together; encoded they are a third more, which most servers take (Gmail: 25 MB of files). */
export const mostBytes = 25 * 1024 * 1024
const anyFile: AttachmentLimits = { mimes: ['*/*'], bytes: mostBytes, caption: 10_000 }

export const capabilities: Capabilities = {
  receives: ['mail'],
  sends: ['mail', 'text', 'image', 'audio', 'video', 'file'],
  text: { most: 100_000, unit: 'utf-16', splits: true },
  attachments: { image: anyFile, audio: anyFile, video: anyFile, file: anyFile },
  menu: null,
  window: null,
  letters: true,
  receipts: ['failed'],
  typing: { in: false, out: false },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: false,
  groups: false,
  echoes: false,
  rate: { perSecond: 5, perPeerPerSecond: 1 },
  // Servers are away for a weekend, and letters are read later anyway: RFC 5321 §4.5.4.1 asks for four to five days.
  tries: { forMs: 4 * 86_400_000, mostApartMs: 4 * 3_600_000 },
  ordering: { in: 'ordered', settleMs: 0 },
  optOut: null,
}
