import { filesOf, type Mailbox, type MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Rendered } from '../contract.ts'
import { noMarks, withMarks } from '../families/meta/markup.ts'
import { plainForm } from '../plain-form.ts'
import { toJson } from '../without-undefined.ts'
import { mailAddress } from './address.ts'
import { mostBytes } from './capabilities.ts'
import type { Config } from './config.ts'
import type { Letter } from './letter.ts'
import { outgoingSubject } from './subject.ts'
import { calendarOf } from './calendar.ts'

const mostRecipients = 100
/** The first tells where the thread begins, the last ones where it is; programs choke on hundreds. */
const mostReferences = 20

/** Every message is one letter: kinds that mail does not know are words in it. */
export function render(message: OutgoingMessage, config: Config): Rendered {
  const { content, letter: given } = message
  const recipients = recipientsOf(message)
  const boxes = [...recipients.to, ...recipients.cc, ...recipients.bcc]
  const wrong = boxes.find(({ address }) => mailAddress(address) === null)
  if (wrong) return { kind: 'impossible', problem: { code: 'address-unknown', detail: wrong.address } }
  if (boxes.length > mostRecipients) {
    return { kind: 'impossible', problem: { code: 'too-large', detail: `More than ${mostRecipients} recipients` } }
  }
  const { text: words, html, degraded, attached } = wordsOf(message)
  const text = [words, given?.signature && `-- \n${given.signature}`].filter((part) => part).join('\n\n')
  const files = attached ? filesOf(content) : []
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) {
    return { kind: 'impossible', problem: { code: 'too-large', detail: 'More than 25 MB of files' } }
  }
  const references = referencesOf(given?.references ?? [])
  const subject = content.type === 'mail' ? content.subject : (given?.subject ?? '')
  const number = config.subjectNumber ? (given?.conversationNumber ?? null) : null
  const request: Letter = {
    id: given?.id ?? null,
    conversationId: given?.conversationId ?? null,
    ...recipients,
    ...(given?.only ? { only: [...given.only] } : {}),
    subject: outgoingSubject(subject.replace(/\s+/gu, ' ').trim(), references.length > 0, number),
    text,
    html,
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      mime: file.mime,
      ...('cid' in file && typeof file.cid === 'string' ? { cid: file.cid } : {}),
    })),
    references,
    isAutomatic: given?.automatic ?? false,
    fromName: config.displayName || (message.author?.name ?? ''),
    ...calendarOf(content),
  }
  const attachmentIds = files.map(({ id }) => id)
  const part = { request: toJson(request), ...(attachmentIds.length > 0 ? { attachmentIds } : {}) }
  return { kind: 'parts', parts: [part], degraded }
}

function recipientsOf({ to, content }: OutgoingMessage): Record<'to' | 'cc' | 'bcc', Mailbox[]> {
  const peer: Mailbox[] = [{ name: '', address: to }]
  if (content.type !== 'mail') return { to: peer, cc: [], bcc: [] }
  const seen = new Set<string>()
  const once = (boxes: readonly Mailbox[]): Mailbox[] =>
    boxes.filter(({ address }) => {
      const key = mailAddress(address) ?? address
      return !seen.has(key) && seen.add(key)
    })
  return { to: once(content.to.length > 0 ? content.to : peer), cc: once(content.cc), bcc: once(content.bcc) }
}

interface Worded {
  text: string
  html: string | null
  degraded: string[]
  /** Its files go with it. */
  attached: boolean
}
function wordsOf({ content, links, language, letter: given }: OutgoingMessage): Worded {
  switch (content.type) {
    case 'mail':
      return { text: given?.body?.text ?? content.text, html: given?.body?.html ?? null, degraded: [], attached: true }
    case 'text': {
      const text = content.markup === 'light' ? withMarks(content.text, noMarks) : content.text
      return { text, html: null, degraded: [], attached: false }
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      if (isSmall(content)) return { text: content.caption ?? '', html: null, degraded: [], attached: true }
      break
    default:
  }
  const words = plainForm(content, { links, ...(language ? { language } : {}) })
  return { text: words, html: null, degraded: [words], attached: false }
}
const isSmall = (content: MessageContent): boolean => filesOf(content).every(({ bytes }) => bytes <= mostBytes)

function referencesOf(ids: readonly string[]): string[] {
  const named = [...new Set(ids.filter((id) => /^<[^<>\s]+>$/u.test(id)))]
  return named.length > mostReferences + 1 ? [...named.slice(0, 1), ...named.slice(-mostReferences)] : named
}
