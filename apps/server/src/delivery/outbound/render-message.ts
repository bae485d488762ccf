import type { OutgoingMessage, Permission, Problem, Rendered } from '@qiao/channels'
import { filesOf, type MessageContent } from '@qiao/protocol'
import { sql } from 'kysely'
import { readPublicAgents } from '#access'
import type { AttachmentRow } from '#attachments'
import { messageOf } from '#platform/thrown'
import { cleaner } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { outgoingLetter } from '../mails/outgoing-letter.ts'
import { type Allowance, tooMany } from '../policy/permission.ts'
import { latestSaid } from '../threads/latest-said.ts'
import type { WaitingDelivery } from './delivery-row.ts'
import { fitMedia } from './fit-media.ts'

/** Customers open the links of a text message days later. */
export const linksLastMs = 7 * 24 * 3_600_000
const preparedSoonMs = 1_000

export type Made = { kind: 'made' } | { kind: 'impossible'; problem: Problem } | { kind: 'wait'; ms: number }

/** Makes the provider's requests once and stores them: a second try sends the same. */
export async function renderMessage(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  permission: Permission,
  allowance: Allowance,
  signal?: AbortSignal,
): Promise<Made> {
  const { content } = delivery.body
  const ids = filesOf(content).map(({ id }) => id)
  const files = await deps.attachments.find(ids)
  if (files.some((file) => file.state === 'processing' && file.kind !== 'file'))
    return { kind: 'wait', ms: preparedSoonMs }
  if (files.some((file) => file.state === 'failed' && file.kind === 'image')) {
    return { kind: 'impossible', problem: { code: 'media-refused' } }
  }
  const fitted = await fitMedia(deps, account.capabilities, content, files, signal)
  if (fitted.kind === 'impossible') return fitted
  const rendered = render(deps, account, await outgoing(deps, account, delivery, allowance, fitted))
  if (rendered.kind === 'impossible') return rendered
  // Others may have used since what it was let pass for.
  const problem = tooMany(permission, allowance, rendered.parts.length)
  if (problem) return { kind: 'impossible', problem }
  await deps.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('delivery_parts').where('entry_id', '=', delivery.entry_id).execute()
    await tx
      .insertInto('delivery_parts')
      .values(
        rendered.parts.map((part, number) => ({
          entry_id: delivery.entry_id,
          number,
          request: JSON.stringify(part.request),
          attachment_ids: [...(part.attachmentIds ?? [])],
        })),
      )
      .execute()
    await tx.updateTable('deliveries').set({ allowance }).where('entry_id', '=', delivery.entry_id).execute()
  })
  return { kind: 'made' }
}

/** A channel that throws has a bug; its conversation goes on without this message. */
function render(deps: ChannelDeps, { channel, config, inbox, secrets }: Account, message: OutgoingMessage): Rendered {
  try {
    return channel.render(message, config)
  } catch (error) {
    const detail = cleaner(secrets)(messageOf(error)).slice(0, 500)
    deps.log.error({ inboxId: inbox.id, detail }, 'a message could not be rendered')
    return { kind: 'impossible', problem: { code: 'unsupported', detail } }
  }
}

async function outgoing(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  allowance: Allowance,
  { content, files }: { content: MessageContent; files: readonly AttachmentRow[] },
): Promise<OutgoingMessage> {
  const { body, author_id: authorId } = delivery
  const agents = delivery.author_type === 'agent' && authorId ? await readPublicAgents(deps.db, [authorId]) : []
  const [agent] = agents
  const letter = await outgoingLetter(deps, account, delivery)
  const named = body.replyToId ? await providerIdOf(deps, delivery.identity_id, body.replyToId) : null
  const privately = body.privately ? await commentOf(deps, body.privately.entryId) : null
  // What is said under a post answers somebody there.
  const replyTo = named ?? (delivery.thread_kind === 'public' ? await latestSaid(deps.db, delivery.identity_id) : null)
  return {
    to: delivery.peer_address ?? delivery.address,
    content,
    window: allowance === 'human-agent' ? 'human-agent' : 'open',
    links: Object.fromEntries(files.map((file) => [file.id, deps.url + deps.attachments.linkFor(file, linksLastMs)])),
    ...(replyTo ? { replyTo } : {}),
    ...(body.privately ? { privately: privately ?? '' } : {}),
    ...(agent ? { author: { name: agent.name, ...(agent.avatarUrl ? { avatarUrl: agent.avatarUrl } : {}) } } : {}),
    language: delivery.language ?? account.inbox.settings.defaultLocale,
    ...(delivery.thread_key ? { thread: delivery.thread_key } : {}),
    ...(letter ? { letter } : {}),
  }
}

/** The provider's id of something that was said in public, by whomever. */
async function commentOf({ db }: Pick<ChannelDeps, 'db'>, entryId: string): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where entry_id = ${entryId} and not ours limit 1`.execute(db)
  return rows[0]?.message_id ?? null
}

export async function providerIdOf(
  { db }: Pick<ChannelDeps, 'db'>,
  identityId: string,
  entryId: string,
): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where entry_id = ${entryId} and identity_id = ${identityId} limit 1`.execute(
    db,
  )
  return rows[0]?.message_id ?? null
}
