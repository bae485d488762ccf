import { htmlToText } from '@qiao/mail'
import { uuidv7 } from 'uuidv7'
import { readPublicAgents } from '#access'
import { readInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { cleanHtml } from './clean-html.ts'
import { addMailBody, type MailBodyRow } from './mail-body-row.ts'
import type { Quote } from './quote-message.ts'
import { escapeHtml, toSentHtml } from './show-html.ts'
import { tidyBeside } from './tidy-beside.ts'

interface WrittenBody {
  inboxId: string
  conversationId: string | null
  agentId: string
  html: string
  signed: boolean
  quote: Quote | null
}

/** The signature of an inbox with the names that belong into it; null when it has none. */
export async function signatureOf(db: Database, inboxId: string, agentId: string): Promise<string | null> {
  const inbox = await readInbox(db, inboxId)
  const { signature = '' } = inbox?.settings.mail ?? {}
  if (!inbox || signature.trim() === '') return null
  const [agent] = await readPublicAgents(db, [agentId])
  const filled = signature
    .replaceAll('{agent}', escapeHtml(agent?.name ?? ''))
    .replaceAll('{inbox}', escapeHtml(inbox.name))
  return cleanHtml(filled).html
}

/** What an agent has written, as it will be sent; kept until a message uses it. */
export async function writeMailBody(db: Database, body: WrittenBody, now: Date): Promise<MailBodyRow> {
  const tidy = await tidyBeside({ html: body.html, splits: false })
  if (!tidy || tidy.own.cut) throw new AppError('text-too-long')
  const { html, remoteImages } = tidy.own
  const signature = body.signed ? await signatureOf(db, body.inboxId, body.agentId) : null
  const row: MailBodyRow = {
    id: uuidv7(),
    inbox_id: body.inboxId,
    conversation_id: body.conversationId,
    agent_id: body.agentId,
    html,
    text: htmlToText(toSentHtml(html, new Set())),
    quoted_html: body.quote?.html ?? null,
    quoted_text: body.quote?.text ?? '',
    signature_html: signature,
    signature: signature === null ? '' : htmlToText(signature),
    remote_images: remoteImages,
    files: [],
    original: null,
    used_at: null,
    created_at: now,
  }
  await addMailBody(db, row)
  return row
}
