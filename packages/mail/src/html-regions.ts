/**
 * What the markup says of the text in it. `cut`: from here on all is history, to the end of the mail. `quote` ends with its
 * element; `attribution` introduces a quote; `forward` is what somebody passes on.
 */
export type Region = 'own' | 'quote' | 'cut' | 'attribution' | 'signature' | 'forward'

type Attributes = Record<string, string>

const cutIds =
  /^(x_)*(appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line|stopSpelling|isForwardContent|isReplyContent|origbody|replySplit|OLK_SRC_BODY_SECTION|zwchr|cm_replymail_content_wrap|divFMReplyBody|FMOriginalContent|editor_version_.*quote)$/i
const cutClasses =
  /(^|\s)(x_)*(OutlookMessageHeader|ms-outlook-mobile-reference-message|ntes-mailmaster-quote|foxmail-quote|mailmaster-quote|zmail_extra|alimail-quote|yahoo_quoted|tutanota_quote|replyHeader|outlook-reference-header|front-blockquote|hs_reply|reply-quote|quoted-mail|moz-email-headers-table|history-quote-wrapper|lark-mail-quote|xm_compose_origin_mail_container)(\s|$)/i
const quoteClasses =
  /(^|\s)(x_)*(protonmail_quote|gmail_quote_attribution|mail_quote|qmail_quote|rm-quote|freebirdsQuoted|sh-quoted-content|mailbox-quote)(\s|$)/i
const attributionClasses =
  /(^|\s)(x_)*(gmail_attr|moz-cite-prefix|yahoo-quoted-begin|cite-prefix|protonmail_quote_header)(\s|$)/i
/** Outlook on the web and Gmail put something of their own before names that they pass on. */
const passedOn = String.raw`(^|\s)(?:x_|m_-?\d+)*`
const signatureNames = new RegExp(
  `${passedOn}(?:${[
    'gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block(?:-user|-proton)?|protonmail_mobile_signature_block|tutanota_signature',
    'AppleMailSignature|ms-outlook-mobile-signature|Signature|signature|signature-container|mail-signature|email-signature',
    'foxmail_sign|_FoxFROMNAME|spnEditorSign|divNeteaseMailCard|divEditorGraphSign|ntes-mailmaster-signature|alimail-signature|lark-mail-signature|xmail_signature',
    'zmail_signature|Zm-_Id_-Sgn|yahoo-signature|ydp[0-9a-f]{4,12}(?:yahoo-)?signature|ymail_(?:android|ios)_signature|io-ox-signature|bloop_sign|front-signature|_rc_sig|sh-signature|cm_signature|missive_signature|mb_sig',
  ].join('|')})(?:\\s|$)`,
)
/** From these on it is signed, to the end or the history: Apple's and Foxmail's breaks, and the bookmark that Word leaves. */
const signatureStarts = new RegExp(`${passedOn}(?:lineBreakAtBeginningOfSignature|FMSigSeperator|_MailAutoSig)$`)
/** Outlook draws a line above the headers of the mail that is answered. */
const outlookLine = /border:\s*none;\s*border-top:\s*solid\s+(#[0-9a-f]{3,6}|windowtext)\s+1\.0pt;\s*padding:\s*3\.0pt/i

const hasSignWidget = (attributes: Attributes) =>
  attributes['data-smartmail'] === 'gmail_signature' ||
  attributes['data-signature-widget'] !== undefined ||
  attributes['apple-content-edited'] === 'true' ||
  /^__SIG_P(?:RE|OST)__$/.test(attributes['data-marker'] ?? '')

export const beginsSignature = ({ id = '', name = '', color = '', style = '' }: Attributes) =>
  signatureStarts.test(id) ||
  signatureStarts.test(name) ||
  // What Foxmail drew before it gave it a name.
  (color.toLowerCase() === '#b5c4df' && /width:\s*210px/i.test(style))

export function htmlRegion(name: string, attributes: Attributes): Region | null {
  const { id = '', class: classes = '', style = '', name: named = '' } = attributes
  if (name === 'signature' || name === 'sign') return 'signature'
  if (
    id === '' &&
    classes === '' &&
    style === '' &&
    named === '' &&
    name !== 'includetail' &&
    !hasSignWidget(attributes)
  )
    return null
  if (classes.includes('moz-forward-container') || id === 'forwardContent') return 'forward'
  if (
    signatureNames.test(id) ||
    signatureNames.test(classes) ||
    named === 'messageSignatureSection' ||
    hasSignWidget(attributes)
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
