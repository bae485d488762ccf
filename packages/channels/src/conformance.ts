import { aboutChecks } from './conformance-about.ts'
import { answerChecks } from './conformance-answers.ts'
import { inboundChecks } from './conformance-inbound.ts'
import type { Check, Kit } from './conformance-kit.ts'
import { outboundChecks } from './conformance-outbound.ts'
import type { Channel } from './contract.ts'

export type { Check, Fixture, Kit } from './conformance-kit.ts'

/**
 * What every channel must do, as checks that a test runs one by one. `mutations.test.ts` shows that planted faults are
 * caught.
 */
export function conformance<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  return [
    ...aboutChecks(channel, kit),
    ...inboundChecks(channel, kit),
    ...answerChecks(channel, kit),
    ...outboundChecks(channel, kit),
  ]
}
