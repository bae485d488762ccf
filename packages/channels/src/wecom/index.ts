import { defineChannel } from '../contract.ts'
import { fetchById } from '../families/wechat/media.ts'
import { wechatUnion } from '../families/wechat/union.ts'
import { accept } from './accept.ts'
import { wecomApi } from './api.ts'
import { capabilities } from './capabilities.ts'
import { type Config, config } from './config.ts'
import { entrance } from './entrance.ts'
import { check, profile, setup } from './lifecycle.ts'
import { normalise } from './normalise.ts'
import { pull } from './pull.ts'
import { render } from './render.ts'
import { reconcile, send } from './send.ts'
import { ended, moveSession } from './sessions.ts'
import { wordsIn } from '../families/wechat/render.ts'

export const wecom = defineChannel<Config>({
  about: {
    id: 'wecom',
    name: { zh: '微信客服（企业微信）', en: 'WeChat Customer Service (WeCom)' },
    summary: {
      zh: '微信用户从网页、公众号、视频号等处的客服入口咨询企业',
      en: 'WeChat users ask a company from links in pages, accounts, channels and shops',
    },
    colour: '#2a7dd1',
    icon: 'M10 3C5 3 1 6.4 1 10.5c0 2.4 1.4 4.5 3.5 5.9L4 19l3-1.5c1 .3 2 .5 3 .5 5 0 9-3.4 9-7.5S15 3 10 3Zm9 11-1.5 3-3 1.5 3 1.5L19 23l1.5-3 2.5-1.5-2.5-1.5L19 14Z',
    docs: 'wecom',
    addressScope: 'app',
    proves: { union: wechatUnion },
  },
  config,
  capabilities,
  address: (text) => (/^w[mo][\w-]{4,64}$/u.test(text.trim()) ? text.trim() : null),
  webhook: { accept },
  pull,
  normalise,
  render,
  wordsIn,
  send,
  reconcile,
  fetchMedia: (media, context) => fetchById(media, context, wecomApi),
  ended,
  moveSession,
  profile,
  entrance,
  lifecycle: { check, setup },
})
