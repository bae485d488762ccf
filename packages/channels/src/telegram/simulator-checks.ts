import { z } from 'zod'

/** What the Bot API checks of a request, and the words with which it refuses (https://core.telegram.org/bots/api). */

const button = z.object({ text: z.string(), url: z.string().optional(), callback_data: z.string().optional() })
export const sendFields = z.looseObject({
  chat_id: z.int(),
  business_connection_id: z.string().optional(),
  message_thread_id: z.int().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z
    .array(z.object({ type: z.string(), offset: z.int(), length: z.int(), url: z.string().optional() }))
    .optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  phone_number: z.string().optional(),
  first_name: z.string().optional(),
  vcard: z.string().optional(),
  title: z.string().optional(),
  address: z.string().optional(),
  reply_parameters: z.object({ message_id: z.int(), allow_sending_without_reply: z.boolean().optional() }).optional(),
  reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional(),
  link_preview_options: z.looseObject({}).optional(),
})
export type SendFields = z.infer<typeof sendFields>

export interface SentFile {
  bytes: Buffer
  mime: string
  name: string
}

export const fileFields: Readonly<Record<string, string>> = {
  sendPhoto: 'photo',
  sendAnimation: 'animation',
  sendVoice: 'voice',
  sendAudio: 'audio',
  sendVideo: 'video',
  sendDocument: 'document',
}
const entityTypes = [
  'bold',
  'italic',
  'strikethrough',
  'code',
  'pre',
  'blockquote',
  'text_link',
  'underline',
  'spoiler',
]
const bad = (words: string): string => `Bad Request: ${words}`

export function doubtAbout(method: string, fields: SendFields, file: SentFile | undefined): string | null {
  const field = fileFields[method]
  if (field !== undefined) {
    if (fields[field] !== 'attach://file' || !file) return bad(`there is no ${field} in the request`)
    if (file.bytes.length === 0) return bad('file must be non-empty')
    if (method === 'sendPhoto' && file.bytes.length > 10_485_760) return bad('file is too big')
    if (method === 'sendPhoto' && !file.mime.startsWith('image/')) return bad('IMAGE_PROCESS_FAILED')
    if (Array.from(fields.caption ?? '').length > 1024) return bad('message caption is too long')
    return keyboardDoubt(fields)
  }
  if (method === 'sendMessage') return textDoubt(fields) ?? keyboardDoubt(fields)
  if (method === 'sendContact') return contactDoubt(fields)
  return placeDoubt(method, fields)
}

function contactDoubt({ phone_number: phone = '', first_name: name = '', vcard = '' }: SendFields): string | null {
  if (phone.trim() === '') return bad('phone number is empty')
  if (name.trim() === '') return bad('first name is empty')
  return Buffer.byteLength(vcard) > 2048 ? bad('vCard is too long') : null
}

function textDoubt({ text = '', entities = [] }: SendFields): string | null {
  if (text.trim() === '') return bad('message text is empty')
  if (Array.from(text).length > 4096) return bad('message is too long')
  const wrong = entities.find(
    ({ type, offset, length, url }) =>
      !entityTypes.includes(type) ||
      offset < 0 ||
      length < 1 ||
      offset + length > text.length ||
      (type === 'text_link' && !url),
  )
  return wrong ? bad(`can't parse entities: ${JSON.stringify(wrong)}`) : null
}

function keyboardDoubt({ reply_markup: markup }: SendFields): string | null {
  const buttons = markup?.inline_keyboard.flat() ?? []
  if (markup && (buttons.length === 0 || buttons.length > 100)) return bad('reply markup is too long')
  for (const { text, url, callback_data: data } of buttons) {
    if (text.trim() === '') return bad('inline keyboard button text must be non-empty')
    if ((url === undefined) === (data === undefined)) return bad('exactly one of the button fields must be used')
    if (data !== undefined && (data === '' || Buffer.byteLength(data) > 64)) return bad('BUTTON_DATA_INVALID')
    if (url !== undefined && !/^https?:\/\/\S+$/u.test(url))
      return bad(`inline keyboard button URL '${url}' is invalid`)
  }
  return null
}

function placeDoubt(method: string, { latitude, longitude, title = '', address = '' }: SendFields): string | null {
  if (latitude === undefined || Math.abs(latitude) > 90) return bad('latitude is invalid')
  if (longitude === undefined || Math.abs(longitude) > 180) return bad('longitude is invalid')
  if (method === 'sendVenue' && (title.trim() === '' || address.trim() === ''))
    return bad('title and address must be non-empty')
  return null
}

const plainFields = [
  'text',
  'caption',
  'title',
  'address',
  'business_connection_id',
  'url',
  'file_id',
  ...Object.values(fileFields),
]

/** The fields of a request, as JSON or as a form with files. */
export async function readRequest(
  body: Buffer,
  contentType: string,
): Promise<{ fields: Record<string, unknown>; file?: SentFile }> {
  if (!contentType.startsWith('multipart/')) return { fields: body.length === 0 ? {} : JSON.parse(body.toString()) }
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  const fields: Record<string, unknown> = {}
  let file: SentFile | undefined
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = plainFields.includes(name) ? value : JSON.parse(value)
    else file = { bytes: Buffer.from(await value.arrayBuffer()), mime: value.type, name: value.name }
  }
  return file ? { fields, file } : { fields }
}

/** So many at once, then so many a second: what Telegram calls short bursts. */
export function bucket(capacity: number, perSecond: number) {
  let [level, seen] = [capacity, Number.NEGATIVE_INFINITY]
  return {
    /** Seconds to wait; 0 when it was let through. */
    take(now: number): number {
      level = Math.min(capacity, level + ((now - Math.min(now, Math.max(seen, now - 3_600_000))) / 1000) * perSecond)
      seen = now
      if (level < 1) return Math.max(1, Math.ceil((1 - level) / perSecond))
      level -= 1
      return 0
    },
  }
}
