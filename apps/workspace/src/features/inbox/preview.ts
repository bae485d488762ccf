import type { Conversation } from '@qiao/protocol'
import type { InboxKey } from './words.ts'

const tagged: Partial<Record<string, InboxKey>> = {
  image: 'kind.image',
  audio: 'kind.audio',
  video: 'kind.video',
  file: 'kind.file',
  location: 'kind.location',
  form: 'kind.form',
  'form-response': 'kind.form-response',
  'left-message': 'kind.left-message',
  product: 'kind.product',
  order: 'kind.order',
  contact: 'kind.contact',
  card: 'kind.card',
  article: 'kind.article',
  call: 'kind.call',
  unsupported: 'kind.unsupported',
  recalled: 'kind.recalled',
}

/** They begin with what they are about, a letter or a message that was left. */
const hasSubject: ReadonlySet<string> = new Set(['mail', 'left-message'])

/** The stored preview is neutral of language (`[image] cat.png`); its tag is said in the viewer's. */
export function previewText(
  message: NonNullable<Conversation['lastMessage']>,
  t: (key: InboxKey) => string,
  subject: string | null = null,
): string {
  const preview = subject && hasSubject.has(message.type) ? withoutSubject(message.preview, subject) : message.preview
  const key = tagged[message.type]
  if (!key) return preview
  const words = preview.replace(/^\[[\w ]+\] ?/u, '')
  return words && message.type !== 'call' ? `${t(key)} ${words}` : t(key)
}

/** A letter's preview begins with what it is about, which the row shows already. */
function withoutSubject(preview: string, subject: string): string {
  const start = `${subject} · `
  if (preview.startsWith(start)) return preview.slice(start.length)
  return subject.startsWith(preview.replace(/…$/u, '')) ? '' : preview
}
