import type { Capabilities, ContentType } from '../capabilities.ts'
import { defineChannel } from '../contract.ts'
import { accept } from './accept.ts'
import { check, fetchMedia, listTemplates, profile, signal } from './ask.ts'
import { type OpenConfig, openConfig } from './config.ts'
import { normalise } from './normalise.ts'
import { maxMediaBytes, maxText } from './protocol.ts'
import { addressOf } from './address.ts'
import { render, wordsIn } from './render.ts'
import { revise, send } from './send.ts'

const kinds: readonly ContentType[] = [
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
  'form-response',
  'product',
  'order',
  'article',
  'call',
  'template',
  'unsupported',
]
const anyFile = { mimes: ['*/*'], bytes: maxMediaBytes, caption: maxText }

const capabilities: Capabilities = {
  receives: kinds,
  sends: kinds,
  text: { most: maxText, unit: 'utf-16', splits: true },
  attachments: { image: anyFile, audio: anyFile, video: anyFile, file: anyFile },
  menu: { options: 20, label: 100 },
  window: null,
  receipts: ['sent', 'delivered', 'read', 'failed'],
  typing: { in: true, out: true },
  readsOut: true,
  replyTo: true,
  edits: { in: true, out: false },
  recalls: { in: true, out: false },
  reactions: { in: true, out: false },
  templates: true,
  groups: true,
  echoes: true,
  rate: { perSecond: 50, perPeerPerSecond: 5 },
  ordering: { in: 'ordered', settleMs: 0 },
  optOut: null,
}

const hour = 3_600_000
export const capabilitiesOf = ({
  windowHours,
  windowMessages,
  templatesAfterwards,
  reactions,
}: OpenConfig): Capabilities => ({
  ...capabilities,
  reactions: { in: true, out: reactions },
  templates: templatesAfterwards || windowHours === undefined,
  window:
    windowHours === undefined
      ? null
      : {
          message: { ms: windowHours * hour, messages: windowMessages ?? null },
          afterwards: templatesAfterwards ? ['template'] : [],
        },
})

export const openChannel = defineChannel<OpenConfig>({
  about: {
    id: 'open-channel',
    name: { zh: '开放渠道', en: 'Open channel' },
    summary: {
      zh: '把贵公司自己的系统接进来：一个签名的 HTTP 接口',
      en: 'Brings in any system of your own, over signed HTTP requests',
    },
    colour: '#475569',
    icon: 'M7 4a3 3 0 0 0-3 3v2a2 2 0 0 1-2 2v2a2 2 0 0 1 2 2v2a3 3 0 0 0 3 3h2v-2H7a1 1 0 0 1-1-1v-2a4 4 0 0 0-1.2-3A4 4 0 0 0 6 9V7a1 1 0 0 1 1-1h2V4zm8 0v2h2a1 1 0 0 1 1 1v2a4 4 0 0 0 1.2 3 4 4 0 0 0-1.2 3v2a1 1 0 0 1-1 1h-2v2h2a3 3 0 0 0 3-3v-2a2 2 0 0 1 2-2v-2a2 2 0 0 1-2-2V7a3 3 0 0 0-3-3z',
    docs: 'open',
    addressScope: 'app',
  },
  config: openConfig,
  capabilities,
  capabilitiesOf,
  address: addressOf,
  webhook: { accept },
  normalise,
  render,
  wordsIn,
  send,
  revise,
  /** Asking again under the same key is finding out: the protocol has the company answer a repeat as the first. */
  reconcile: send,
  fetchMedia,
  signal,
  profile,
  templates: { list: listTemplates },
  lifecycle: {
    check,
    setup: (callbackUrl) => [
      { label: { zh: '贵方系统调用的地址', en: 'Where your system calls us' }, value: callbackUrl },
    ],
  },
})
