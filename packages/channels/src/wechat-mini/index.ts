import { defineChannel } from '../contract.ts'
import { acceptCallback } from '../families/wechat/callback.ts'
import { platformSetup } from '../families/wechat/config.ts'
import { sendPage } from '../families/wechat/page.ts'
import { checkKey, checkToken, fetchPlatformMedia, sendCustomMessage, sendTyping } from '../families/wechat/platform.ts'
import { capabilities } from './capabilities.ts'
import { type Config, config } from './config.ts'
import { normalise } from './normalise.ts'
import { render } from './render.ts'
import { wordsIn } from '../families/wechat/render.ts'

/** Not `/custom/typing`, which is for official accounts. */
const typingPath = 'cgi-bin/message/custom/business/typing'

export const wechatMini = defineChannel<Config>({
  about: {
    id: 'wechat-mini',
    name: { zh: '微信小程序客服', en: 'WeChat Mini Program' },
    summary: { zh: '用户在小程序里点客服按钮发消息', en: 'Users press the service button in a mini program' },
    colour: '#576b95',
    icon: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm4.5 5.5c0 1.5-1 2.8-2.3 3.3l-.5-1.2c.8-.4 1.3-1.2 1.3-2.1 0-1.1-.9-2-2-2s-2 .9-2 2v8c0 1.9-1.6 3.5-3.5 3.5S4 17.4 4 15.5c0-1.5 1-2.8 2.3-3.3l.5 1.2c-.8.4-1.3 1.2-1.3 2.1 0 1.1.9 2 2 2s2-.9 2-2v-8C9.5 5.6 11.1 4 13 4s3.5 1.6 3.5 3.5Z',
    docs: 'wechat-mini',
    addressScope: 'app',
  },
  config,
  capabilities,
  address: (text) => (/^[\w-]{6,64}$/u.test(text.trim()) ? text.trim() : null),
  webhook: { accept: acceptCallback },
  normalise,
  render,
  wordsIn,
  send: (part, context) =>
    part.request.msgtype === 'miniprogrampage' ? sendPage(part, context) : sendCustomMessage(part, context),
  fetchMedia: fetchPlatformMedia,
  signal: async (signal, context) => (signal.kind === 'typing' ? sendTyping(typingPath, signal.to, context) : null),
  lifecycle: {
    check: async (context) => [...checkKey(context.config), await checkToken(context)],
    setup: (callbackUrl, account) => [
      ...platformSetup(callbackUrl, account),
      { label: { zh: '数据格式', en: 'Data format' }, value: 'JSON 或 XML' },
    ],
  },
})
