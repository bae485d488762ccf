import type { MergingDeps } from '#merging'
import type { MailQueue } from '#platform/mail-queue'
import type { RateLimiter } from '#platform/rate-limiter'
import type { AnswerWays } from '../left-messages/answer-ways.ts'
import type { PlaceMemory } from './place-memory.ts'

export interface WebchatDeps extends MergingDeps {
  mails: MailQueue
  places: PlaceMemory
  /** Public address of this deployment, without a trailing slash. */
  url: string
  limits: { sessions: RateLimiter; messages: RateLimiter }
}

export interface LeavingDeps extends WebchatDeps {
  answers: AnswerWays
}
