import type { Kit } from '../conformance.ts'
import type { Part } from '../contract.ts'
import type { Config } from './config.ts'
import { fixtures, now, testConfig } from './fixtures.ts'
import { PDU } from './library.ts'
import { fieldsOf, submission } from './send.ts'
import { readSubmission } from './simulator-rules.ts'

/** Written to octets and read again by the package, as the SMSC would. */
export function readBack(part: Part, config: Config = testConfig) {
  const pdu = new PDU('submit_sm', { ...fieldsOf(submission.parse(part.request), config), sequence_number: 1 })
  return readSubmission(new PDU(pdu.toBuffer()))
}

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, password: 'secret09' },
  secrets: [testConfig.password],
  now,
  to: '+8613800001234',
  fixtures,
  forgeries: [],
  breaks(part) {
    const read = readBack(part)
    return typeof read === 'number' ? [`command_status ${read}`] : []
  },
  wordsOf(part) {
    const read = readBack(part)
    return typeof read === 'number' ? '' : read.text
  },
  // Answers come by a connection; the tests of the link have them.
  answers: [],
}
