import { type ContentOf, type FilledPlace, quickReplies } from '@qiao/protocol'
import type { Problem } from '../problem.ts'
import type { JsonObject } from '../json.ts'
import { capabilities } from './capabilities.ts'

interface Filled {
  said: JsonObject
  attachmentId?: string
}
type Template = ContentOf<'template'>

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components (2025-11-21) */
export function renderTemplate(content: Template): Filled | Problem {
  const values = content.parameters.map(inOneLine)
  const empty = values.indexOf('')
  if (empty !== -1) return refused(`Parameter ${empty + 1} is empty`)
  const header = content.header ? headerOf(content.header) : null
  if (header && 'code' in header) return header
  const filled = values.map((value, at) => ({ value, place: content.places?.[at] ?? ofBody(at) }))
  const components = [
    ...(header ? [header.component] : []),
    ...textComponents(filled),
    ...replyComponents(content),
    ...buttonComponents(filled),
  ]
  const { name, language } = content
  const template = { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) }
  return {
    said: { type: 'template', template },
    ...(header?.attachmentId ? { attachmentId: header.attachmentId } : {}),
  }
}

const refused = (detail: string): Problem => ({ code: 'template-refused', detail })
const ofBody = (at: number): FilledPlace => ({ part: 'body', name: `${at + 1}` })

/** Meta refuses empty values, line breaks and tabs, and more than four spaces in a row (132018). */
const inOneLine = (value: string): string =>
  value
    .replace(/[\n\r\t\v\f\u{2028}\u{2029}]+/gu, ' ')
    .replace(/ {5,}/gu, '    ')
    .trim()

interface Value {
  value: string
  place: FilledPlace
}

const textComponents = (filled: readonly Value[]): JsonObject[] =>
  (['header', 'body'] as const).flatMap((type) => {
    const parameters = filled
      .filter(({ place }) => place.part === type)
      .map(({ value, place: { name, named } }) => ({
        type: 'text',
        ...(named ? { parameter_name: name } : {}),
        text: value,
      }))
    return parameters.length > 0 ? [{ type, parameters }] : []
  })

const buttonComponents = (filled: readonly Value[]): JsonObject[] =>
  filled.flatMap(({ value, place: { part, button = 0, does } }) => {
    if (part !== 'button') return []
    const parameter: JsonObject =
      does === 'code' ? { type: 'coupon_code', coupon_code: value } : { type: 'text', text: value }
    const sub = does === 'code' ? 'copy_code' : 'url'
    return [{ type: 'button', sub_type: sub, index: `${button}`, parameters: [parameter] }]
  })

/** What comes back of a quick reply, said for each of them: so a press names its option, and `context` the message. */
const replyComponents = (content: Template): JsonObject[] =>
  quickReplies(content).map(({ id, button }) => ({
    type: 'button',
    sub_type: 'quick_reply',
    index: `${button}`,
    parameters: [{ type: 'payload', payload: id }],
  }))

function headerOf(header: NonNullable<Template['header']>): { component: JsonObject; attachmentId?: string } | Problem {
  if (header.type === 'location') {
    const { latitude, longitude, title, address } = header
    // Of a place above a template both words are shown, and wanted.
    if (!title || !address) return refused('A place above a template wants a name and an address')
    return { component: componentOf('location', { latitude, longitude, name: title, address }) }
  }
  const { type, attachment } = header
  const limits = capabilities.attachments[type]
  if (!limits?.mimes.includes(attachment.mime.split(';')[0] ?? '') || attachment.bytes > limits.bytes)
    return { code: 'media-refused', detail: `A ${type} of ${attachment.mime} with ${attachment.bytes} bytes` }
  const isFile = type === 'file'
  const component = componentOf(isFile ? 'document' : type, isFile ? { filename: attachment.name } : {})
  return { component, attachmentId: attachment.id }
}

const componentOf = (type: string, object: JsonObject): JsonObject => ({
  type: 'header',
  parameters: [{ type, [type]: object }],
})
