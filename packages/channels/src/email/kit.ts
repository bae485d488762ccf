import type { Kit } from '../conformance.ts'
import type { Part } from '../contract.ts'
import { mailAddress } from './address.ts'
import type { Config } from './config.ts'
import { fixtures, now, testConfig } from './fixtures.ts'
import { letter } from './letter.ts'

const letterIn = (part: Part) => letter.parse(part.request)

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, password: 'other-password', webhookKey: 'other-key' },
  secrets: ['test-password-of-mail', 'test-signing-key-of-mailgun'],
  now,
  to: 'fang@customer.example',
  fixtures,
  // Services hand over letters, which are no events yet: the tests of `accept` forge.
  forgeries: [],
  breaks(part) {
    const { to, cc, bcc, subject, files } = letterIn(part)
    const boxes = [...to, ...cc, ...bcc]
    return [
      ...(boxes.length === 0 || boxes.length > 100 ? ['RFC 5321: 1 to 100 recipients'] : []),
      ...boxes.flatMap(({ address }) => (mailAddress(address) ? [] : [`${address} is no address`])),
      ...(/[\r\n]/u.test(subject) ? ['RFC 5322: a header is one line'] : []),
      ...(files.length === (part.attachmentIds?.length ?? 0) ? [] : ['Files are read by their ids']),
    ]
  },
  wordsOf: (part) => letterIn(part).text,
  // It answers by SMTP; the tests of sending have that.
  answers: [],
}
