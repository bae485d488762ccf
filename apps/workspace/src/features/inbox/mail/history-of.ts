import type { MailBody } from '@qiao/protocol'

/** What stands below the words and is folded away, in one form: a page holds all of a mail's HTML or none of it. */
export function historyOf(body: MailBody, formatted: boolean): { html: string; text: string } {
  const { signature, signatureHtml, quotedHtml, quotedText } = body
  const isPage = formatted && body.html !== null
  const html = [signatureHtml, quotedHtml].filter((part) => part).join('<br />')
  const text = [signature, quotedText].filter((part) => part.trim() !== '').join('\n\n')
  return isPage ? { html, text: '' } : { html: '', text }
}
