export type * from './capabilities.ts'
export { capabilitiesIn } from './capabilities.ts'
export type * from './contract.ts'
export { isProblem } from './contract.ts'
export type * from './events.ts'
export type { Json, JsonObject } from './json.ts'
export {
  afterAllowing,
  afterConsent,
  afterRefusal,
  afterWord,
  afterWriting,
  type Consent,
  consentOf,
  isPromotion,
  mayAllow,
  type RefusedMessage,
} from './consent.ts'
export {
  afterAct,
  afterSending,
  afterSession,
  emptyLedger,
  type Ledger,
  type Permission,
  permissionNow,
} from './policy.ts'
export { type Problem, type ProblemCode, problemCodes } from './problem.ts'
export { opening, quotaOf } from './quota.ts'
export { channels, findChannel } from './registry.ts'
export { type Encoding, segmentSizes } from './sms-segments.ts'
export { splitText, textLength } from './split-text.ts'
