import type { ConversationDeps } from '#conversations'
import type { Log } from '#platform/log'
import type { BindLinks } from './bind-links.ts'

export interface MergingDeps extends ConversationDeps {
  log: Log
  bindLinks: BindLinks
}
