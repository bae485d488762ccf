import { type MailDraft, type MailPlaceholder, mailPlaceholders } from '@qiao/protocol'

type Fill = Readonly<Record<MailPlaceholder, string>>

const open = new RegExp(`\\{(${mailPlaceholders.join('|')})\\}`, 'gu')
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** What is not known stays as it is, for the writer to see. */
const put = (text: string, valueOf: (name: MailPlaceholder) => string): string =>
  text.replaceAll(open, (whole, name: MailPlaceholder) => valueOf(name).trim() || whole)

export const fillText = (text: string, fill: Fill): string => put(text, (name) => fill[name])
export const fillHtml = (html: string, fill: Fill): string => put(html, (name) => escaped(fill[name]))

/** Those for which nobody has put anything yet. */
export const stillOpen = ({ subject, html }: Pick<MailDraft, 'subject' | 'html'>): string[] => [
  ...new Set(`${subject}\n${html}`.match(open)),
]
