import { whoStays } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Actor } from '#access'
import { findContact } from '#contacts'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { mergeContacts, type Merged, type MergeInput } from './merge-contacts.ts'
import { queryMerges } from './merge-row.ts'
import type { MergingDeps } from './merging-deps.ts'
import { seesWhole } from './whole-sight.ts'

interface Wish {
  id: string
  otherId: string
  clientKey: string
  take: readonly string[]
}

/** Only of contacts all of which the agent sees. A repeat gives what the first one did. */
export async function mergeByAgent(
  deps: MergingDeps,
  agent: AgentPrincipal,
  by: NonNullable<Actor>,
  wish: Wish,
): Promise<Merged> {
  const before = await findRepeat(deps, agent, wish.clientKey)
  if (before) return before
  try {
    return await mergeContacts(deps, await toInput(deps, agent, by, wish))
  } catch (error) {
    // The same command came twice at once, and the other was faster.
    const faster = await findRepeat(deps, agent, wish.clientKey)
    if (faster) return faster
    throw error
  }
}

async function toInput(
  deps: MergingDeps,
  agent: AgentPrincipal,
  by: NonNullable<Actor>,
  { id: wantedId, otherId, clientKey, take }: Wish,
): Promise<MergeInput> {
  const [wanted, other] = [await findContact(deps.db, wantedId), await findContact(deps.db, otherId)]
  if (!wanted || !other) throw new AppError('not-found')
  for (const { id } of [wanted, other]) if (!(await seesWhole(deps.db, agent, id))) throw new AppError('not-found')
  if (wanted.id === other.id) throw new AppError('invalid-input', { detail: 'A contact is itself already' })
  const { into, from } = whoStays(wanted, other)
  return { intoId: into.id, fromId: from.id, cause: 'agent', by, clientKey, take }
}

async function findRepeat(deps: MergingDeps, agent: AgentPrincipal, clientKey: string): Promise<Merged | null> {
  const [merge] = await queryMerges(deps.db, sql`where agent_id = ${agent.agentId} and client_key = ${clientKey}`)
  if (!merge) return null
  const contact = await findContact(deps.db, merge.intoId)
  if (!contact || !(await seesWhole(deps.db, agent, contact.id))) throw new AppError('not-found')
  return { contact, merge }
}
