import { defineChannel } from '../contract.ts'
import { platformSetup } from '../families/wechat/config.ts'
import { fetchPlatformMedia, sendTyping } from '../families/wechat/platform.ts'
import { wechatUnion } from '../families/wechat/union.ts'
import { accept, answers } from './answers.ts'
import { capabilities, capabilitiesOf } from './capabilities.ts'
import { type Config, config } from './config.ts'
import { entrance } from './entrance.ts'
import { check, profile } from './lifecycle.ts'
import { menus } from './menus.ts'
import { normalise } from './normalise.ts'
import { render } from './render.ts'
import { send } from './send.ts'
import { listTemplates, removeTemplate } from './templates.ts'
import { wordsIn } from '../families/wechat/render.ts'

export const wechat = defineChannel<Config>({
  about: {
    id: 'wechat',
    name: { zh: '微信公众号', en: 'WeChat Official Account' },
    summary: { zh: '微信用户给服务号或订阅号发消息', en: 'WeChat users write to a service or subscription account' },
    colour: '#07c160',
    icon: 'M9 3C4.6 3 1 6 1 9.7c0 2.1 1.2 3.9 3 5.1L3.3 17l2.6-1.3c1 .3 2 .5 3.1.5h.4a5.6 5.6 0 0 1-.2-1.4C9.2 11.5 12.3 9 16 9h.8C16.1 5.6 12.9 3 9 3ZM6.5 8.5a1 1 0 1 1 0-2 1 1 0 0 1 0 2Zm5 0a1 1 0 1 1 0-2 1 1 0 0 1 0 2ZM23 15c0-2.8-2.9-5-6.5-5S10 12.2 10 15s2.9 5 6.5 5c.8 0 1.6-.1 2.3-.3L21 21l-.6-1.900C22 18.1 23 16.6 23 15Z',
    docs: 'wechat',
    addressScope: 'app',
    proves: { union: wechatUnion },
  },
  config,
  capabilities,
  capabilitiesOf,
  address: (text) => (/^[\w-]{6,64}$/u.test(text.trim()) ? text.trim() : null),
  webhook: { accept, answers },
  normalise,
  render,
  wordsIn,
  send,
  fetchMedia: fetchPlatformMedia,
  signal: async (signal, context) =>
    signal.kind === 'typing' ? sendTyping('cgi-bin/message/custom/typing', signal.to, context) : null,
  profile,
  templates: { list: listTemplates, remove: removeTemplate },
  menus,
  entrance,
  lifecycle: { check, setup: platformSetup },
})
