import { defineChannel } from '../contract.ts'
import { canonicalPhone } from '../families/sms-cn/phone.ts'
import { smsCapabilities } from '../families/sms-cn/reply.ts'
import { prefixOf } from '../families/sms-cn/template-draft.ts'
import { accept } from './accept.ts'
import { type Config, config, replyOf } from './config.ts'
import { check, setup } from './lifecycle.ts'
import { edit, remove, rules, submit } from './make-template.ts'
import { normalise } from './normalise.ts'
import { reconcile, render, send } from './send.ts'
import { listTemplates } from './templates.ts'

/** An account may call SendSms 3,000 times a second; a customer's limits are set in the console. */
const rate = { perSecond: 100, perPeerPerSecond: 1 }

export const tencent = defineChannel<Config>({
  about: {
    id: 'tencent',
    name: { zh: '腾讯云短信', en: 'Tencent Cloud SMS' },
    summary: {
      zh: '用模板短信联系客户的手机号，接收客户回复的短信',
      en: 'Template texts to mobile numbers, and what customers in China text back',
    },
    colour: '#006eff',
    icon: 'M12 3C6.5 3 2 6.6 2 11c0 2.5 1.5 4.8 3.8 6.2L5 21l4.2-2.3c.9.2 1.8.3 2.8.3 5.5 0 10-3.6 10-8s-4.5-8-10-8ZM7 9h10v2H7V9Zm0 4h7v2H7v-2Z',
    docs: 'tencent',
    addressScope: 'person',
  },
  config,
  capabilities: smsCapabilities(null, rate),
  capabilitiesOf: (account) => smsCapabilities(replyOf(account), rate),
  address: canonicalPhone,
  webhook: { accept },
  normalise,
  render,
  // Of a template the values alone are ours.
  wordsIn: ({ request: { TemplateParamSet: values } }) => (Array.isArray(values) ? values.map(String).join(' ') : ''),
  send,
  reconcile,
  templates: { list: listTemplates, remove, make: { rules, prefix: prefixOf, submit, edit } },
  lifecycle: { check, setup },
})
