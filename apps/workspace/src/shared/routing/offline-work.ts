import { type HeldWork, type OfflineWork, type Queue, offlineWork, queueSettings } from '@qiao/protocol'

/** `each`: as its queue says, which is more than one thing. */
export type OfflineChoice = OfflineWork | 'each'

export interface OfflineQuestion {
  /** What can be answered, at least two. */
  choices: OfflineChoice[]
  /** What happens if nobody says anything. */
  preselected: OfflineChoice
  /** How many stay and how many wait again, if each goes as its queue says. */
  kept: number
  queued: number
}

/** Work that is in no queue follows what a queue does that says nothing. */
const unset = queueSettings.shape.whenAgentOffline.parse({})

/**
 * What is asked when an agent goes offline; null if nothing is in hand, or nothing is left to say. The server takes one
 * word for all work, and refuses it if a queue that leaves the agent no choice wants otherwise; a lead may always choose.
 */
export function offlineQuestion(
  held: readonly HeldWork[],
  queues: readonly Queue[],
  by: 'agent' | 'lead',
): OfflineQuestion | null {
  const rules = held
    .filter(({ state, purpose }) => state === 'held' && purpose === 'serve')
    .map(({ queueId }) => queues.find(({ id }) => id === queueId)?.settings.whenAgentOffline ?? unset)
  const kept = rules.filter(({ work }) => work === 'keep').length
  const queued = rules.length - kept
  const alike = kept === 0 || queued === 0
  const taken = offlineWork.filter((wish) =>
    rules.every(({ work, agentMayChoose }) => by === 'lead' || agentMayChoose || work === wish),
  )
  const choices: OfflineChoice[] = alike ? taken : [...taken, 'each']
  if (rules.length === 0 || choices.length < 2) return null
  return { choices, preselected: !alike ? 'each' : kept > 0 ? 'keep' : 'queue', kept, queued }
}

/** As the server is told: nothing, where each queue decides. */
export const workOf = (choice: OfflineChoice): { work?: OfflineWork } => (choice === 'each' ? {} : { work: choice })
