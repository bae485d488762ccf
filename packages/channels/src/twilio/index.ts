import { defineChannel } from '../contract.ts'
import { phoneAddress } from '../families/sms/phone-address.ts'
import { accept } from './accept.ts'
import { capabilities, capabilitiesOf } from './capabilities.ts'
import { type Config, config } from './config.ts'
import { check, connect, disconnect, setup } from './lifecycle.ts'
import { fetchMedia } from './media.ts'
import { normalise } from './normalise.ts'
import { render } from './render.ts'
import { send } from './send.ts'
import { segmentsOf } from '../sms-segments.ts'
import { wordsAt } from '../words-at.ts'

export const twilio = defineChannel<Config>({
  about: {
    id: 'twilio',
    name: { zh: '短信（Twilio）', en: 'SMS (Twilio)' },
    summary: {
      zh: '客户向贵公司的 Twilio 号码发送短信和彩信',
      en: 'Customers who text your Twilio number, with pictures where MMS works',
    },
    colour: '#F22F46',
    icon: 'M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 6v3h3V9zm7 0v3h3V9z',
    docs: 'twilio',
    addressScope: 'person',
  },
  config,
  capabilities,
  capabilitiesOf,
  address: phoneAddress,
  webhook: { accept },
  normalise,
  render,
  wordsIn: ({ request }) => wordsAt(request, 'Body'),
  segmentsIn({ request }) {
    const { encoding, parts } = segmentsOf(wordsAt(request, 'Body'))
    return { encoding, count: parts.length }
  },
  send,
  fetchMedia,
  lifecycle: { connect, disconnect, check, setup },
})
