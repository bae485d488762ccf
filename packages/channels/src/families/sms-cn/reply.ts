import { contentToText } from '@qiao/protocol'
import type { Capabilities } from '../../capabilities.ts'
import type { OutgoingMessage } from '../../contract.ts'
import { plainForm } from '../../plain-form.ts'
import type { Problem } from '../../problem.ts'
import { textLength } from '../../split-text.ts'
import { speakable } from '../../speakable.ts'

/**
 * Texts in China are templates that were approved before. Free words can only stand in a variable of one, where the
 * account has such a template; then its limit is theirs.
 */
export interface Reply {
  most: number
}

/** Carriers' words for «no more advertising», alone in a text; full width and small letters are the same (consent.ts). */
const stopPromotion = ['R', 'T', 'TD', 'N', 'QX', '0000', '00000', '退订', '拒收']
/** Ours: neither provider has one. */
const start = ['DY', '订阅', '恢复订阅', 'START']

export const smsCapabilities = (reply: Reply | null, rate: Capabilities['rate']): Capabilities => ({
  receives: ['text'],
  sends: reply ? ['text', 'template'] : ['template'],
  text: { most: reply?.most ?? 0, unit: 'characters', splits: false },
  attachments: {},
  links: false,
  menu: null,
  // A window that never opens: templates are what is left.
  writesFirst: 'template',
  window: reply ? null : { message: { ms: 0, messages: 0 }, afterwards: ['template'] },
  paid: true,
  receipts: ['delivered', 'failed'],
  typing: { in: false, out: false },
  readsOut: false,
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: true,
  groups: false,
  echoes: false,
  rate,
  ordering: { in: 'unordered', settleMs: 1_000 },
  optOut: { stop: [], stopPromotion, start },
})

export type Form =
  | { kind: 'template'; name: string; values: string[] }
  | { kind: 'reply'; text: string; degraded: readonly string[] }
  | { kind: 'impossible'; problem: Problem }

/** Signature, fixed words and variables together, at both providers. */
export const longestText = 500
/** Both refuse links in variables, and everything of ours with a file or a page needs one. */
const link = /https?:\/\/|\bwww\./iu

export function formOf({ content, links, language }: OutgoingMessage, reply: Reply | null): Form {
  if (content.type === 'template') {
    const values = content.parameters.map(oneLine)
    const doubt = doubtOf(values.join(''), longestText)
    return doubt ? impossible(doubt) : { kind: 'template', name: content.name.toWellFormed(), values }
  }
  if (!reply) {
    return impossible({ code: 'only-templates', detail: '这里只能发送模板短信 Only templates can be sent here' })
  }
  const text = oneLine(content.type === 'text' ? contentToText(content) : plainForm(content, { links, language }))
  if (text === '') return impossible({ code: 'content-refused', detail: '没有可发送的文字 There are no words to send' })
  const doubt = doubtOf(text, reply.most)
  return doubt ? impossible(doubt) : { kind: 'reply', text, degraded: content.type === 'text' ? [] : [text] }
}

const impossible = (problem: Problem): Form => ({ kind: 'impossible', problem })

function doubtOf(text: string, most: number): Problem | null {
  if (link.test(text)) {
    return { code: 'content-refused', detail: '短信变量里不能有链接 Variables of texts may hold no link' }
  }
  return textLength(text, 'characters') > most
    ? { code: 'too-long', detail: `最多 ${most} 个字 At most ${most} characters` }
    : null
}

/** Variables stand within a line. */
const oneLine = (text: string): string =>
  speakable(text)
    .replace(/\s*\n\s*/gu, ' ')
    .trim()

export const languageOf = (text: string): string => (/\p{Script=Han}/u.test(text) ? 'zh_CN' : 'en_US')
