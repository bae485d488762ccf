import { defineChannel } from '../contract.ts'
import { phoneAddress } from '../families/sms/phone-address.ts'
import { capabilities, capabilitiesOf } from './capabilities.ts'
import { type Config, config } from './config.ts'
import { check } from './lifecycle.ts'
import { open, repeatsMs } from './link.ts'
import { normalise } from './normalise.ts'
import { render } from './render.ts'
import { send } from './send.ts'
import { segmentsOf } from '../sms-segments.ts'
import { wordsAt } from '../words-at.ts'

export const smpp = defineChannel<Config>({
  about: {
    id: 'smpp',
    name: { zh: '短信（SMPP）', en: 'SMS (SMPP)' },
    summary: {
      zh: '通过运营商或短信通道的 SMPP 3.4 网关收发短信',
      en: 'Text messages by the SMPP 3.4 gateway of an operator or aggregator',
    },
    colour: '#2F6F8F',
    icon: 'M11 12.7V21h2v-8.3a2 2 0 1 0-2 0zM6.3 5.3l1.4 1.4a6 6 0 0 0 0 8.6l-1.4 1.4a8 8 0 0 1 0-11.4zm11.4 0a8 8 0 0 1 0 11.4l-1.4-1.4a6 6 0 0 0 0-8.6zM3.5 2.5l1.4 1.4a10 10 0 0 0 0 14.2l-1.4 1.4a12 12 0 0 1 0-17zm17 0a12 12 0 0 1 0 17l-1.4-1.4a10 10 0 0 0 0-14.2z',
    docs: 'smpp',
    addressScope: 'person',
  },
  config,
  capabilities,
  capabilitiesOf,
  address: phoneAddress,
  link: { repeatsMs, open },
  normalise,
  render,
  wordsIn: ({ request }) => wordsAt(request, 'text'),
  segmentsIn({ request }) {
    const wide = request.coding === 'ucs-2'
    const { parts } = segmentsOf(wordsAt(request, 'text'), wide)
    // One of several that belong together is a segment already.
    return { encoding: wide ? 'ucs-2' : 'gsm-7', count: 'total' in request ? 1 : parts.length }
  },
  send,
  lifecycle: { check },
})
