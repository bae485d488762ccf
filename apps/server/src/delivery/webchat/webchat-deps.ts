import type { ConversationDeps } from '#conversations'
import type { MailQueue } from '#platform/mail-queue'
import type { RateLimiter } from '#platform/rate-limiter'

export interface WebchatDeps extends ConversationDeps {
  mails: MailQueue
  /** Public address of this deployment, without a trailing slash. */
  url: string
  limits: { sessions: RateLimiter; messages: RateLimiter }
}
