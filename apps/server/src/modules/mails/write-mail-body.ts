import { htmlToText } from '@qiao/mail'
import { uuidv7 } from 'uuidv7'
import { readOwnSignature, readPublicAgents } from '#access'
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

/** The agent's own signature, where the inbox allows it, and the inbox's below; null when there is neither. */
export async function signatureOf(db: Database, inboxId: string, agentId: string): Promise<string | null> {
  const inbox = await readInbox(db, inboxId)
  if (!inbox) return null
  const { signature, ownSignatures } = inbox.settings.mail
  const own = ownSignatures ? await readOwnSignature(db, agentId) : ''
  const parts = [own, signature].filter((part) => part.trim() !== '')
  if (parts.length === 0) return null
  const [agent] = await readPublicAgents(db, [agentId])
  const named = (part: string): string =>
    part.replaceAll('{agent}', escapeHtml(agent?.name ?? '')).replaceAll('{inbox}', escapeHtml(inbox.name))
  // Each for itself: what one leaves open must not swallow the other.
  return parts.map((part) => cleanHtml(named(part)).html).join('\n')
}

/** As it stands below letters that are plain text. */
export async function plainSignatureOf(db: Database, inboxId: string, agentId: string): Promise<string> {
  const html = await signatureOf(db, inboxId, agentId)
  return html === null ? '' : htmlToText(html)
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
    files: body.quote?.pictures ?? [],
    original: null,
    used_at: null,
    created_at: now,
  }
  await addMailBody(db, row)
  return row
}
