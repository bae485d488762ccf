import type { MailBodyRow } from './mail-body-row.ts'
import { toSentHtml } from './show-html.ts'

/** What leaves the server: the words, the signature, the history below. */
export function sentBody(row: MailBodyRow): { html: string | null; text: string } {
  const cids = new Set(row.files.map(({ cid }) => cid))
  const html = [
    row.html,
    row.signature_html && `<div class="mail-signature">-- <br />${row.signature_html}</div>`,
    row.quoted_html && `<br />${row.quoted_html}`,
  ]
  return {
    html: row.html === null ? null : toSentHtml(html.filter((part) => part).join('\n'), cids),
    text: [row.text, row.signature && `-- \n${row.signature}`, row.quoted_text].filter((part) => part).join('\n\n'),
  }
}
