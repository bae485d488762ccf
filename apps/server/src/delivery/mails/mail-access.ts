import { type ContentOf, contentToText, type MessageEntry } from '@qiao/protocol'
import { readItem, readMessage, readOrigin } from '#conversations'
import { findContact } from '#contacts'
import { findMailBody, type MailAccess, type QuotedMessage } from '#mails'
import { AppError } from '#platform/errors'
import { keptBy } from '../accounts/kept.ts'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { letterWay } from '../policy/letter-way.ts'
import { ownAddresses } from './letter-addresses.ts'

/** A history longer than this is not sent around once more with every answer. */
const longestHistory = 200_000

/** Who sees a letter follows from the conversation that it is in. */
export function mailAccess(deps: ChannelDeps): MailAccess {
  return {
    async conversation(agent, id) {
      const { conversation } = await readItem(deps.db, agent, id)
      const elsewhere = await letterWay(deps, agent, id, { type: 'mail' }, undefined)
      return { inboxId: elsewhere?.inboxId ?? conversation.inboxId, language: conversation.language }
    },
    async inbox(agent, id) {
      if (agent.inboxIds !== 'all' && !agent.inboxIds.includes(id)) throw new AppError('not-found')
    },
    async message(agent, conversationId, entryId) {
      await readItem(deps.db, agent, conversationId)
      const message =
        (await readMessage(deps.db, conversationId, entryId)) ?? (await readOrigin(deps.db, conversationId))
      if (message?.id !== entryId) throw new AppError('not-found')
      return quotable(deps, message)
    },
    async links(ids) {
      const rows = await deps.attachments.find(ids)
      return new Map(
        rows.flatMap((row) => {
          const { view, download } = deps.attachments.present(row).links
          return [[row.id, view ?? download] as const]
        }),
      )
    },
    original: (inboxId, name) => keptBy(deps.storage, inboxId).kept(name),
  }
}

/** A message as it is quoted: what it says now, and all of it. */
export async function quotable(deps: ChannelDeps, message: MessageEntry): Promise<QuotedMessage> {
  const content = message.revision?.content ?? message.body.content
  if (message.revision?.recalledAt) throw new AppError('message-recalled')
  const at = new Date(message.at)
  const from = await writerOf(deps, message)
  if (content.type !== 'mail')
    return { from, to: [], subject: '', at, html: null, text: contentToText(content), pictures: [] }
  const body = content.bodyId === undefined ? null : await findMailBody(deps.db, content.bodyId)
  const history = (body?.quoted_html ?? '').length <= longestHistory ? body?.quoted_html : null
  const text = [body?.text ?? content.text, body?.quoted_text].filter((part) => part).join('\n\n')
  // What somebody else signed is a part of what they wrote.
  const signature = body?.agent_id === null ? body.signature_html : null
  const html = body?.html ? [body.html, signature, history].filter((part) => part).join('<br />') : null
  const pictures = content.attachments.flatMap(({ id, cid, bytes }) => (cid === undefined ? [] : [{ id, cid, bytes }]))
  return { from, to: content.to, subject: content.subject, at, html, text, pictures }
}

async function writerOf(deps: ChannelDeps, message: MessageEntry): Promise<NonNullable<ContentOf<'mail'>['from']>> {
  const { content } = message.body
  if (content.type === 'mail' && content.from) return content.from
  const { author } = message
  if (author.type === 'contact') {
    const contact = await findContact(deps.db, author.id)
    return { name: contact?.name ?? '', address: contact?.email ?? contact?.phone ?? '' }
  }
  const { inbox_id: inboxId } = await deps.db
    .selectFrom('conversations')
    .select('inbox_id')
    .where('id', '=', message.conversationId)
    .executeTakeFirstOrThrow()
  const account = await openAccount(deps, inboxId)
  const [address = ''] = account ? ownAddresses(account) : []
  return { name: account?.inbox.name ?? '', address }
}
