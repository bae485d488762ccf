import { defineChannel } from '../contract.ts'
import { accept } from './accept.ts'
import { addressOf } from './address.ts'
import { capabilities } from './capabilities.ts'
import { config } from './config.ts'
import { entrance } from './entrance.ts'
import { check, connect, disconnect, setup } from './lifecycle.ts'
import { fetchMedia, signal } from './media.ts'
import { normalise } from './normalise.ts'
import { render } from './render.ts'
import { revise } from './revise.ts'
import { send } from './send.ts'
import { rules, submit } from './make-template.ts'
import { list, remove } from './templates.ts'
import { linesOf, wordsAt } from '../words-at.ts'

export const whatsapp = defineChannel({
  about: {
    id: 'whatsapp',
    name: { zh: 'WhatsApp', en: 'WhatsApp' },
    summary: {
      zh: '海外客户最常用的聊天应用，经 Meta 的云接口收发',
      en: 'The chat app of most of the world, by Meta’s Cloud API',
    },
    colour: '#1fa855',
    icon: 'M12 2a10 10 0 0 0-8.6 15.1L2 22l5-1.3A10 10 0 1 0 12 2Zm-3 5.2 1.6 3-1 1.2c.8 1.6 2 2.8 3.7 3.6l1.3-1 2.8 1.7c-.3 1.5-1.4 2.3-2.8 2.1-3.7-.6-7.3-4.2-7.7-7.8-.1-1.3.8-2.5 2.1-2.8Z',
    docs: 'whatsapp',
    addressScope: 'person',
    proves: { phone: true, union: 'whatsapp' },
    oneChat: true,
  },
  config,
  capabilities,
  address: addressOf,
  webhook: { accept },
  normalise,
  render,
  wordsIn: ({ request }) =>
    linesOf(
      wordsAt(request, 'text', 'body'),
      wordsAt(request, 'interactive', 'body', 'text'),
      ...['image', 'video', 'document'].map((kind) => wordsAt(request, kind, 'caption')),
    ),
  send,
  revise,
  fetchMedia,
  signal,
  templates: { list, remove, make: { rules, submit } },
  entrance,
  lifecycle: { connect, disconnect, check, setup },
})
