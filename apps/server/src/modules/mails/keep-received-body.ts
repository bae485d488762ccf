import type { Database } from '#platform/database/connect'
import { addMailBody, type InlineFile } from './mail-body-row.ts'
import { tidyBeside } from './tidy-beside.ts'

interface ReceivedBody {
  /** Made from what names the letter, so that a repeat is the same body. */
  id: string
  inboxId: string
  html: string | null
  text: string
  quoted: string
  signature: string
  /** Then the history is what was meant to be read. */
  isForward: boolean
  files: readonly InlineFile[]
  original: string | null
}

const longestText = 1_000_000

/** Gives whether something was cut off. */
export async function keepReceivedBody(db: Database, body: ReceivedBody, now: Date): Promise<boolean> {
  const tidy = body.html === null ? null : await tidyBeside({ html: body.html, splits: !body.isForward })
  const html = tidy?.own ?? null
  const history = tidy?.quoted ?? null
  await addMailBody(db, {
    id: body.id,
    inbox_id: body.inboxId,
    conversation_id: null,
    agent_id: null,
    html: html?.html ?? null,
    text: body.text.slice(0, longestText),
    quoted_html: history?.html ?? null,
    quoted_text: body.quoted.slice(0, longestText),
    signature_html: null,
    signature: body.signature.slice(0, 20_000),
    remote_images: (html?.remoteImages ?? 0) + (history?.remoteImages ?? 0),
    files: body.files,
    original: body.original,
    used_at: null,
    created_at: now,
  })
  const isMissing = body.html !== null && tidy === null
  return isMissing || (html?.cut ?? false) || body.text.length > longestText
}
