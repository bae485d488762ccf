import { defineChannel } from '../contract.ts'
import { accept } from './accept.ts'
import { fetchMedia, profile, signal } from './ask.ts'
import { type TelegramConfig, telegramConfig } from './config.ts'
import { entrance } from './entrance.ts'
import { check, connect, disconnect } from './lifecycle.ts'
import { addressOf, groupOf, isBusinessChat } from './names.ts'
import { normalise } from './normalise.ts'
import { noReactions, reactionEmojis } from './reactions.ts'
import { limits, render } from './render.ts'
import { revise } from './revise.ts'
import { send } from './send.ts'
import { linesOf, wordsAt } from '../words-at.ts'

const { caption, upload: bytes } = limits

export const telegramChannel = defineChannel<TelegramConfig>({
  about: {
    id: 'telegram',
    name: { zh: 'Telegram', en: 'Telegram' },
    summary: {
      zh: '客户在 Telegram 中与贵公司的机器人、群组或商业账号聊天',
      en: 'Customers who write to your bot, group or business account in Telegram',
    },
    colour: '#229ED9',
    icon: 'M21.4 3.3 2.9 10.6c-1 .4-1 1.8.1 2.1l4.6 1.5 1.8 5.6c.3.9 1.4 1.1 2 .5l2.6-2.5 4.7 3.4c.7.5 1.8.1 2-.8L23 4.6c.2-1-.7-1.7-1.6-1.3zM9.9 14.9l-.4 3-1.1-4 8.8-6.4z',
    docs: 'telegram',
    addressScope: 'person',
    // The customer's own contact, which Telegram marks with their id; addresses are ids and look like numbers.
    proves: { phone: 'alias' },
  },
  config: telegramConfig,
  capabilities: {
    receives: ['text', 'image', 'audio', 'video', 'file', 'location', 'contact', 'unsupported'],
    sends: ['text', 'image', 'audio', 'video', 'file', 'location', 'contact', 'card', 'menu'],
    text: { most: limits.text, unit: 'utf-16', splits: true },
    attachments: {
      image: { mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], bytes, caption, convertTo: 'image/jpeg' },
      audio: { mimes: ['audio/ogg', 'audio/mpeg', 'audio/mp4'], bytes, caption, convertTo: 'audio/ogg' },
      video: { mimes: ['video/mp4'], bytes, caption, convertTo: 'video/mp4' },
      file: { mimes: ['*/*'], bytes, caption },
    },
    menu: { options: 20, label: 100 },
    // Once someone has started the bot, it may write at any time. Business accounts have a day, which Telegram keeps.
    window: null,
    receipts: [],
    typing: { in: false, out: true },
    readsOut: true,
    replyTo: true,
    edits: { in: true, out: true },
    recalls: { in: true, out: true },
    reactions: { in: true, out: true, only: reactionEmojis },
    templates: false,
    groups: true,
    echoes: true,
    // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (2026-11-22)
    rate: { perSecond: 30, perPeerPerSecond: 1, perGroupPerSecond: 20 / 60 },
    // Several connections deliver at once; numbers of updates tell the order.
    ordering: { in: 'unordered', settleMs: 300 },
    optOut: null,
  },
  capabilitiesAt: (address) =>
    isBusinessChat(address) ? { reactions: { in: true, out: false, why: noReactions } } : {},
  address: addressOf,
  webhook: { accept },
  normalise,
  groupOf,
  render,
  wordsIn: ({ request }) => linesOf(wordsAt(request, 'text'), wordsAt(request, 'caption')),
  send,
  revise,
  fetchMedia,
  signal,
  profile,
  entrance,
  lifecycle: { connect, disconnect, check },
})
