import type { SentMessage } from './messaging-rules.ts'
import type { Shown } from '../../simulator.ts'

/** What the phone shows of a message of the business. */
export function shownOf(message: SentMessage): Pick<Shown, 'text' | 'type' | 'media' | 'choices'> {
  if ('text' in message) {
    const choices = message.quick_replies?.map(({ payload, title }) => ({ id: payload, label: title }))
    return { type: 'text', text: message.text, ...(choices ? { choices } : {}) }
  }
  const { type, payload } = message.attachment
  if ('elements' in payload) {
    const words = payload.elements.flatMap(({ title, subtitle, buttons = [] }) => [
      title,
      subtitle,
      ...buttons.map((button) => button.title),
    ])
    return { type, text: words.filter(Boolean).join('\n') }
  }
  if ('buttons' in payload)
    return { type, text: [payload.text, ...payload.buttons.map((button) => button.title)].join('\n') }
  return { type, text: '', media: 'url' in payload ? { url: payload.url } : { id: payload.attachment_id } }
}

/** Echoes hold no chips, and say where a file is, whatever way it came. */
export function echoOf(message: SentMessage, urlOf: (id: string) => string): object {
  if ('text' in message) return { text: message.text }
  const { type, payload } = message.attachment
  if ('attachment_id' in payload) return { attachments: [{ type, payload: { url: urlOf(payload.attachment_id) } }] }
  return { attachments: [{ type, payload }] }
}
