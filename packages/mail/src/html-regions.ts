/**
 * What the markup says of the text in it. `cut`: from here on all is history, to the end of the mail. `quote` ends with its
 * element; `attribution` introduces a quote; `forward` is what somebody passes on.
 */
export type Region = 'own' | 'quote' | 'cut' | 'attribution' | 'signature' | 'forward'

type Attributes = Record<string, string>

const cutIds =
  /^(x_)*(appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line|stopSpelling|isForwardContent|isReplyContent|origbody|replySplit|OLK_SRC_BODY_SECTION|editor_version_.*quote)$/i
const cutClasses =
  /(^|\s)(x_)*(OutlookMessageHeader|ms-outlook-mobile-reference-message|ntes-mailmaster-quote|foxmail-quote|mailmaster-quote|zmail_extra|alimail-quote|yahoo_quoted|tutanota_quote|replyHeader|outlook-reference-header|front-blockquote|hs_reply|reply-quote|quoted-mail|moz-email-headers-table)(\s|$)/i
const quoteClasses =
  /(^|\s)(x_)*(protonmail_quote|gmail_quote_attribution|mail_quote|qmail_quote|rm-quote|freebirdsQuoted|sh-quoted-content|mailbox-quote)(\s|$)/i
const attributionClasses =
  /(^|\s)(x_)*(gmail_attr|moz-cite-prefix|yahoo-quoted-begin|cite-prefix|protonmail_quote_header)(\s|$)/i
const signatureNames =
  /(^|\s)(x_)*(gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block|AppleMailSignature|ms-outlook-mobile-signature|Signature|signature|mail-signature|foxmail_sign|ntes-mailmaster-signature|alimail-signature|zmail_signature|yahoo-signature)(\s|$)/
/** Outlook draws a line above the headers of the mail that is answered. */
const outlookLine = /border:\s*none;\s*border-top:\s*solid\s+(#[0-9a-f]{3,6}|windowtext)\s+1\.0pt;\s*padding:\s*3\.0pt/i

export function htmlRegion(name: string, attributes: Attributes): Region | null {
  const { id = '', class: classes = '', style = '', name: named = '' } = attributes
  if (id === '' && classes === '' && style === '' && named === '' && name !== 'includetail') return null
  if (classes.includes('moz-forward-container') || id === 'forwardContent') return 'forward'
  if (
    signatureNames.test(id) ||
    signatureNames.test(classes) ||
    named === 'messageSignatureSection' ||
    attributes['data-smartmail'] === 'gmail_signature'
  )
    return 'signature'
  if (attributionClasses.test(classes)) return 'attribution'
  if (
    cutIds.test(id) ||
    cutClasses.test(classes) ||
    id.startsWith('yahoo_quoted') ||
    named === 'messageReplySection' ||
    outlookLine.test(style)
  )
    return 'cut'
  if (quoteClasses.test(classes) || (name === 'div' && named === 'quote') || name === 'includetail') return 'quote'
  return null
}
