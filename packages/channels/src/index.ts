export type * from './capabilities.ts'
export type * from './contract.ts'
export { isProblem } from './contract.ts'
export type * from './events.ts'
export type { Json, JsonObject } from './json.ts'
export {
  afterAct,
  afterRefusal,
  afterSending,
  consentOf,
  emptyLedger,
  type Ledger,
  type Permission,
  permissionNow,
} from './policy.ts'
export { type Problem, type ProblemCode, problemCodes } from './problem.ts'
export { channels, findChannel } from './registry.ts'
export { segmentsOf } from './sms-segments.ts'
export { splitText, textLength } from './split-text.ts'
