import type { Database } from '#platform/database/connect'
import { addMailBody, type InlineFile } from './mail-body-row.ts'
import { cidsIn } from './show-html.ts'
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
  /** Those that say by which name the HTML would show them. */
  files: readonly InlineFile[]
  original: string | null
}

const longestText = 1_000_000

export interface KeptBody {
  /** Something was cut off. */
  wasCut: boolean
  /** Content-IDs of the files that it shows. */
  shown: ReadonlySet<string>
}

export async function keepReceivedBody(db: Database, body: ReceivedBody, now: Date): Promise<KeptBody> {
  const tidy = body.html === null ? null : await tidyBeside({ html: body.html, splits: !body.isForward })
  const html = tidy?.own ?? null
  const history = tidy?.quoted ?? null
  const signature = tidy?.signature ?? null
  const parts = [html, signature, history].filter((part) => part !== null)
  const shown = cidsIn(parts.map((part) => part.html).join('\n'))
  await addMailBody(db, {
    id: body.id,
    inbox_id: body.inboxId,
    conversation_id: null,
    agent_id: null,
    html: html?.html ?? null,
    text: body.text.slice(0, longestText),
    quoted_html: history?.html ?? null,
    quoted_text: body.quoted.slice(0, longestText),
    signature_html: signature?.html ?? null,
    signature: body.signature.slice(0, 20_000),
    remote_images: parts.reduce((sum, part) => sum + part.remoteImages, 0),
    files: body.files.filter(({ cid }) => shown.has(cid)),
    original: body.original,
    used_at: null,
    created_at: now,
  })
  const isMissing = body.html !== null && tidy === null
  return { wasCut: isMissing || (html?.cut ?? false) || body.text.length > longestText, shown }
}
