import { defineChannel } from '../contract.ts'
import { canonicalPhone, isMainland } from '../families/sms-cn/phone.ts'
import { smsCapabilities } from '../families/sms-cn/reply.ts'
import { prefixOf } from '../families/sms-cn/template-draft.ts'
import { accept } from './accept.ts'
import { type Config, config, replyOf } from './config.ts'
import { check, setup } from './lifecycle.ts'
import { edit, remove, rules, submit } from './make-template.ts'
import { normalise } from './normalise.ts'
import { reconcile, render, send, wordsIn } from './send.ts'
import { listTemplates } from './templates.ts'

/** A single account may call SendSms 5,000 times a second; a customer's limits are by the day. */
const rate = { perSecond: 100, perPeerPerSecond: 1 }

export const aliyun = defineChannel<Config>({
  about: {
    id: 'aliyun',
    name: { zh: '阿里云短信', en: 'Alibaba Cloud SMS' },
    summary: {
      zh: '用模板短信联系中国内地手机号，接收客户回复的短信',
      en: 'Template texts to mobile numbers in mainland China, and what customers text back',
    },
    colour: '#ff6a00',
    icon: 'M5 3a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h2v3l4-3h8a2 2 0 0 0 2-2V5a2 2 0 0 0-2-2H5Zm2 5h10v2H7V8Zm0 4h7v2H7v-2Z',
    docs: 'aliyun',
    addressScope: 'person',
  },
  config,
  capabilities: smsCapabilities(null, rate),
  capabilitiesOf: (account) => smsCapabilities(replyOf(account), rate),
  address(text) {
    const phone = canonicalPhone(text)
    return phone !== null && isMainland(phone) ? phone : null
  },
  webhook: { accept },
  normalise,
  render,
  wordsIn,
  send,
  reconcile,
  templates: { list: listTemplates, remove, make: { rules, prefix: prefixOf, submit, edit } },
  lifecycle: { check, setup },
})
