import { isPromotion, type RefusedMessage } from '@qiao/channels'
import type { MessageContent } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import { findTemplate } from '#templates'

export type SentKind = RefusedMessage['kind']

/** Free words, or a template; of one that is not listed any more nobody can say that it advertises. */
export async function sentKind(db: Database, inboxId: string, content: MessageContent): Promise<SentKind> {
  if (content.type !== 'template') return 'free'
  const template = await findTemplate(db, inboxId, content)
  return template && isPromotion(template) ? 'promotion' : 'template'
}
