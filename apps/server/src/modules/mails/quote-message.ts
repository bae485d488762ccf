import type { Mailbox } from '@qiao/protocol'
import { escapeHtml } from './show-html.ts'

/** A message that another one answers or passes on. */
export interface QuotedMessage {
  from: Mailbox
  to: readonly Mailbox[]
  subject: string
  at: Date
  html: string | null
  text: string
}

interface Manner {
  as: 'reply' | 'forward'
  language: string
  timeZone: string
}

export interface Quote {
  html: string
  text: string
}

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
    }
  }
  const line = said.wrote(mailboxText(message.from), when)
  return {
    html:
      `<div>${escapeHtml(line)}</div>` +
      `<blockquote type="cite" style="margin:0 0 0 8px;padding:0 0 0 8px;border-left:2px solid #c0c4cc">${inner}</blockquote>`,
    text: `${line}\n${message.text.replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>')}`,
  }
}
