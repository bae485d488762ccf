import type { Capabilities } from '../capabilities.ts'

const day = 86_400_000
const megabyte = 1_048_576
const office = 'application/vnd.openxmlformats-officedocument'

/** Numbers with where they are documented: README.md. */
export const capabilities: Capabilities = {
  receives: ['text', 'image', 'audio', 'video', 'file', 'location', 'contact', 'form-response', 'order', 'unsupported'],
  sends: ['text', 'image', 'audio', 'video', 'file', 'location', 'contact', 'card', 'menu', 'template'],
  text: { most: 4096, unit: 'utf-16', splits: true },
  attachments: {
    image: { mimes: ['image/jpeg', 'image/png'], bytes: 5 * megabyte, caption: 1024, convertTo: 'image/jpeg' },
    audio: {
      mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
      bytes: 16 * megabyte,
      caption: 0,
      convertTo: 'audio/ogg',
    },
    video: { mimes: ['video/mp4', 'video/3gpp'], bytes: 16 * megabyte, caption: 1024, convertTo: 'video/mp4' },
    file: {
      mimes: [
        'application/pdf',
        'text/plain',
        'application/msword',
        'application/vnd.ms-excel',
        'application/vnd.ms-powerpoint',
        `${office}.wordprocessingml.document`,
        `${office}.spreadsheetml.sheet`,
        `${office}.presentationml.presentation`,
      ],
      bytes: 100 * megabyte,
      caption: 1024,
    },
  },
  menu: { options: 10, label: 24 },
  window: { message: { ms: day, messages: null }, afterwards: ['template'] },
  writesFirst: 'template',
  receipts: ['sent', 'delivered', 'read', 'failed'],
  typing: { in: false, out: true },
  readsOut: true,
  replyTo: true,
  edits: { in: true, out: false },
  recalls: { in: true, out: false },
  reactions: { in: true, out: true },
  templates: true,
  groups: true,
  // Groups take words, files and templates; nothing in them is marked as read by us, and no typing is shown.
  inThreads: {
    group: {
      sends: ['text', 'image', 'audio', 'video', 'file', 'template'],
      menu: null,
      typing: { in: false, out: false },
      readsOut: false,
      reactions: { in: true, out: false },
    },
  },
  echoes: true,
  // One customer: bursts are allowed, and 131056 says when they were too long.
  rate: { perSecond: 80, perPeerPerSecond: 2 },
  ordering: { in: 'unordered', settleMs: 1_000 },
  optOut: null,
}
