import type { Mailbox } from '@qiao/protocol'
import type { InlineFile } from './mail-body-row.ts'
import { cidsIn, escapeHtml } from './show-html.ts'

/** A message that another one answers or passes on. */
export interface QuotedMessage {
  from: Mailbox
  to: readonly Mailbox[]
  subject: string
  at: Date
  html: string | null
  text: string
  /** Files that the HTML shows, with their sizes. */
  pictures: readonly Picture[]
}

interface Picture extends InlineFile {
  bytes: number
}

interface Manner {
  as: 'reply' | 'forward'
  language: string
  timeZone: string
}

export interface Quote {
  html: string
  text: string
  /** Those that go along, so that the history looks as it did. */
  pictures: readonly InlineFile[]
}

/** More than these are not sent around once more with every answer: their words stand there instead. */
const mostPictureBytes = 5 * 1024 * 1024

const words = {
  zh: {
    wrote: (who: string, when: string) => `${who} 于 ${when} 写道：`,
    forwarded: '---------- 转发的邮件 ----------',
    labels: { from: '发件人', date: '日期', subject: '主题', to: '收件人' },
  },
  en: {
    wrote: (who: string, when: string) => `On ${when}, ${who} wrote:`,
    forwarded: '---------- Forwarded message ----------',
    labels: { from: 'From', date: 'Date', subject: 'Subject', to: 'To' },
  },
}

export const mailboxText = ({ name, address }: Mailbox): string =>
  name === '' || name === address ? address : `${name} <${address}>`

/** As mail programs do it, so that they know it for what it is. */
export function quoteMessage(message: QuotedMessage, { as, language, timeZone }: Manner): Quote {
  const isChinese = language.startsWith('zh')
  const said = isChinese ? words.zh : words.en
  const when = new Intl.DateTimeFormat(isChinese ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(message.at)
  const inner = message.html ?? `<div style="white-space:pre-wrap">${escapeHtml(message.text)}</div>`
  const pictures = shownIn(inner, message.pictures)
  if (as === 'forward') {
    const lines = [
      said.forwarded,
      `${said.labels.from}: ${mailboxText(message.from)}`,
      `${said.labels.date}: ${when}`,
      `${said.labels.subject}: ${message.subject}`,
      `${said.labels.to}: ${message.to.map(mailboxText).join(', ')}`,
    ]
    return {
      html: `<div>${lines.map(escapeHtml).join('<br />')}</div><br />${inner}`,
      text: `${lines.join('\n')}\n\n${message.text}`,
      pictures,
    }
  }
  const line = said.wrote(mailboxText(message.from), when)
  return {
    html:
      `<div>${escapeHtml(line)}</div>` +
      `<blockquote type="cite" style="margin:0 0 0 8px;padding:0 0 0 8px;border-left:2px solid #c0c4cc">${inner}</blockquote>`,
    pictures,
    text: `${line}\n${message.text.replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>')}`,
  }
}

/** The first that fit. */
function shownIn(html: string, pictures: readonly Picture[]): InlineFile[] {
  const shown = cidsIn(html)
  let left = mostPictureBytes
  return pictures.flatMap(({ id, cid, bytes }) => {
    if (!shown.has(cid) || bytes > left) return []
    left -= bytes
    return [{ id, cid }]
  })
}
