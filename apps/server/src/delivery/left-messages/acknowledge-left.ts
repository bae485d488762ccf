import { sql } from 'kysely'
import { z } from 'zod'
import type { JobRequest } from '#platform/jobs/jobs'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { takePlace, unanswered } from '../mails/acknowledge.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { readLedger } from '../policy/ledger.ts'
import { permissionOf } from '../policy/permission.ts'

export const acknowledgeLeftName = 'acknowledge-left'
export const acknowledgeLeftPayload = z.object({
  conversationId: z.uuid(),
  entryId: z.uuid(),
  identityId: z.uuid(),
  text: z.string(),
})
type Payload = z.infer<typeof acknowledgeLeftPayload>

export const acknowledgeLeftJob = (payload: Payload): JobRequest => ({
  name: acknowledgeLeftName,
  payload,
  key: `${acknowledgeLeftName}:${payload.entryId}`,
})

/**
 * Says where the answer is wanted that the message has arrived, once. Whoever lives there may never have written: they are
 * told no more often than the writers of letters, whoever names their address, and not if they want nothing from us.
 */
export async function acknowledgeLeft(deps: ChannelDeps, asked: Payload): Promise<void> {
  const { conversationId, entryId, identityId, text } = asked
  const way = await readWay(deps, identityId)
  const account = way && (await openAccount(deps, way.inboxId))
  if (!account || unanswered.test(way.address)) return
  if (!permissionOf(account.capabilities, await readLedger(deps.db, identityId), deps.clock.now()).free) return
  if ((await findUnreachable(deps.db, way.inboxId, [way.address])).length > 0) return
  if (!(await takePlace(deps, way.inboxId, way.address, entryId))) return
  const via = { identityId, inboxId: way.inboxId }
  await deps.appender.append({
    conversationId,
    clientKey: `left-told:${entryId}`,
    author: { type: 'system' },
    decide: ({ contactId }) => [
      {
        kind: 'message.sent',
        body: {
          content: { type: 'text', text, markup: 'none' },
          notice: true,
          via,
          ...(contactId === way.contactId ? {} : { apart: true }),
        },
      },
    ],
  })
}

async function readWay({ db }: ChannelDeps, identityId: string) {
  const { rows } = await sql<{ inboxId: string; contactId: string; address: string }>`
    select inbox_id as "inboxId", contact_id as "contactId", coalesce(peer_address, address) as address
    from identities where id = ${identityId}`.execute(db)
  return rows[0] ?? null
}
