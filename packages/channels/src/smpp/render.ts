import { createHash } from 'node:crypto'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import { noMarks, withMarks } from '../families/meta/markup.ts'
import { phoneAddress } from '../families/sms/phone-address.ts'
import type { JsonObject } from '../json.ts'
import { plainForm } from '../plain-form.ts'
import { segmentsOf } from '../sms-segments.ts'
import { splitText } from '../split-text.ts'
import { capabilities } from './capabilities.ts'
import { isDefault } from './coding.ts'
import type { Config } from './config.ts'

export function render({ to, content, links, language }: OutgoingMessage, config: Config): Rendered {
  const address = phoneAddress(to)
  if (!address) return { kind: 'impossible', problem: { code: 'address-unknown', detail: to } }
  const isText = content.type === 'text'
  const words = !isText
    ? plainForm(content, { links, ...(language ? { language } : {}) })
    : content.markup === 'light'
      ? withMarks(content.text, noMarks)
      : content.text
  const pieces = words.trim() === '' ? [] : splitText(words, capabilities.text)
  const requests = pieces.flatMap((piece) => requestsOf(piece, address, config))
  const [first, ...rest] = requests.map((request): Part => ({ request: { to: address, ...request } }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded: isText ? [] : [words] }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'Nothing to say' } }
}

/** Each segment is submitted by itself, and has a receipt of its own. */
function requestsOf(text: string, to: string, { alphabet, longMessages }: Config): JsonObject[] {
  const coding = isDefault(text, alphabet) ? 'default' : 'ucs-2'
  const { parts } = segmentsOf(text, coding === 'ucs-2')
  if (parts.length === 1 || longMessages === 'payload') return [{ coding, text }]
  const reference = createHash('sha256').update(`${to} ${text}`).digest().readUInt16BE(0)
  return parts.map((part, at) => ({ coding, text: part, reference, total: parts.length, number: at + 1 }))
}
