import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import { noMarks, withMarks } from '../families/meta/markup.ts'
import { phoneAddress } from '../families/sms/phone-address.ts'
import type { JsonObject } from '../json.ts'
import { plainForm } from '../plain-form.ts'
import { splitText } from '../split-text.ts'
import { capabilities, capabilitiesOf } from './capabilities.ts'
import { type Config, isService } from './config.ts'

type Attachment = ContentOf<'image' | 'audio' | 'video' | 'file'>

export function render(message: OutgoingMessage, config: Config): Rendered {
  const to = phoneAddress(message.to)
  if (!to) return { kind: 'impossible', problem: { code: 'address-unknown', detail: message.to } }
  const { said, degraded } = say(message.content, message, config)
  const sender: JsonObject = isService(config.sender) ? { MessagingServiceSid: config.sender } : { From: config.sender }
  const [first, ...rest] = said.map((one): Part => ({ request: { To: to, ...sender, ...one } }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'Nothing to say' } }
}

function say(content: MessageContent, { links, language }: OutgoingMessage, config: Config) {
  if (content.type === 'text') {
    return { said: texts(content.markup === 'light' ? withMarks(content.text, noMarks) : content.text), degraded: [] }
  }
  const media = 'attachment' in content ? withMedia(content, links, config) : null
  if (media) return { said: media, degraded: [] }
  const words = plainForm(content, { links, ...(language ? { language } : {}) })
  return { said: texts(words), degraded: [words] }
}

const texts = (words: string): JsonObject[] =>
  words.trim() === '' ? [] : splitText(words, capabilities.text).map((Body) => ({ Body }))

/** Twilio fetches files itself; what it would refuse, or nobody can fetch, goes as a link in words. */
function withMedia({ type, attachment, caption = '' }: Attachment, links: OutgoingMessage['links'], config: Config) {
  const limits = capabilitiesOf(config).attachments[type]
  const link = links[attachment.id]
  const mime = attachment.mime.split(';')[0]?.trim() ?? ''
  if (!limits || link === undefined || !limits.mimes.includes(mime) || attachment.bytes > limits.bytes) return null
  const fits = caption.trim() !== '' && caption.length <= limits.caption
  const media: JsonObject = { ...(fits ? { Body: caption } : {}), MediaUrl: link }
  return [media, ...(fits ? [] : texts(caption))]
}
