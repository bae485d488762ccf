import type { ConversationDeps } from '#conversations'
import type { Mailer } from '#platform/mail'
import type { RateLimiter } from '#platform/rate-limiter'

export interface WebchatDeps extends ConversationDeps {
  mailer: Mailer
  /** Public address of this deployment, without a trailing slash. */
  url: string
  limits: { sessions: RateLimiter; messages: RateLimiter }
}
