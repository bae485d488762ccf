import type { ConversationDeps } from '#conversations'
import type { AttachmentService } from '#attachments'
import type { Mailer } from '#platform/mail'
import type { RateLimiter } from '#platform/rate-limiter'

export interface WebchatDeps extends ConversationDeps {
  attachments: AttachmentService
  mailer: Mailer
  /** Public address of this deployment, without a trailing slash. */
  url: string
  limits: { sessions: RateLimiter; messages: RateLimiter }
}
