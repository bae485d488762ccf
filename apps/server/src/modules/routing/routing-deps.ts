import type { ConversationDeps } from '#conversations'
import type { Log } from '#platform/log'
import type { SafeFetch } from '#platform/safe-fetch'
import type { SilentChannels } from './follow-appends.ts'

/** What the commands of this module work with; made once in main.ts. */
export interface RoutingDeps extends ConversationDeps {
  log: Log
  /** For endpoints of the company's that choose among agents. */
  fetch: SafeFetch
  silentChannels: SilentChannels
}
