import type { SendResult } from '../contract.ts'
import { type Answer, problemOf } from './api.ts'

/** Done twice is done; so a call without an answer is simply made again. */
export function resultOf(answer: Answer, messageId: string, isDone: RegExp): SendResult {
  if (answer.kind === 'result') return { kind: 'accepted', messageId }
  const problem = problemOf(answer)
  if (answer.kind === 'silence') return { kind: 'retry', afterMs: null, problem }
  if (isDone.test(answer.description)) return { kind: 'accepted', messageId }
  return answer.status === 429 || answer.status >= 500
    ? { kind: 'retry', afterMs: answer.retryAfterMs, problem }
    : { kind: 'rejected', problem }
}
