import type { ReceivedContent } from '../events.ts'
import { isObject } from '../json.ts'
import { textOf, unsupported } from '../families/meta/content.ts'
import { errors, interactive, location, media, order, sharedContacts } from './payload.ts'

/** What a message says, from its `type` and the object of that name; null when it is not of the documented shape. */
export function contentOf(type: string, whole: Record<string, unknown>, id: string): ReceivedContent | null {
  const said = whole[type]
  switch (type) {
    case 'text':
      return isObject(said) && typeof said.body === 'string' ? textOf(said.body) : null
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return mediaOf(type, said)
    case 'location': {
      const place = location.safeParse(said).data
      return place
        ? {
            type: 'location',
            latitude: place.latitude,
            longitude: place.longitude,
            ...(place.name ? { title: place.name.slice(0, 200) } : {}),
            ...(place.address ? { address: place.address.slice(0, 500) } : {}),
          }
        : null
    }
    case 'contacts':
      return contactsOf(said)
    case 'interactive':
      return interactiveOf(said)
    case 'button':
      return isObject(said) && typeof said.text === 'string' ? textOf(said.text) : null
    case 'order':
      return orderOf(said, id)
    case 'unsupported':
    case 'unknown':
      return unsupported(reasonIn(whole) ?? 'A kind of message that WhatsApp does not pass on')
    default:
      return unsupported(`WhatsApp message of type ${type}`)
  }
}

const kinds = { image: 'image', sticker: 'image', video: 'video', audio: 'audio', document: 'file' } as const

function mediaOf(type: keyof typeof kinds, said: unknown): ReceivedContent | null {
  const found = media.safeParse(said).data
  if (!found) return null
  const { id, mime_type: mime, caption, filename: name } = found
  return {
    type: kinds[type],
    media: { id, ...(mime ? { mime } : {}), ...(name ? { name } : {}) },
    ...(caption ? { caption } : {}),
  }
}

/** One card is a card; of several, which a message may hold, who they are and how to reach them. */
function contactsOf(said: unknown): ReceivedContent | null {
  const cards = sharedContacts.safeParse(said).data
  if (!cards) return null
  const [card, ...others] = cards.map((one) => ({
    name: clean(one.name?.formatted_name, 200),
    organisation: clean(one.org?.company, 200),
    phones: (one.phones ?? []).flatMap(({ phone }) => clean(phone, 40) || []),
    emails: (one.emails ?? []).flatMap(({ email }) => clean(email, 320) || []),
  }))
  if (card && others.length === 0 && card.name) {
    const { name, organisation, phones, emails } = card
    const where = organisation ? { organisation } : {}
    return { type: 'contact', name, phones: phones.slice(0, 5), emails: emails.slice(0, 5), ...where }
  }
  const lines = [...(card ? [card] : []), ...others].flatMap((one) => [one.name, ...one.phones, ...one.emails])
  return textOf(lines.filter(Boolean).join('\n'))
}

const clean = (text: string | undefined, most: number): string =>
  (text ?? '').replaceAll('\0', '').slice(0, most).trim()

function interactiveOf(said: unknown): ReceivedContent | null {
  const answer = interactive.safeParse(said).data
  if (!answer) return isObject(said) ? unsupported(`WhatsApp interactive message of type ${String(said.type)}`) : null
  if (answer.type === 'button_reply') return textOf(answer.button_reply.title)
  if (answer.type === 'list_reply') return textOf(answer.list_reply.title)
  return formOf(answer.nfm_reply.response_json, answer.nfm_reply.name ?? '')
}

/** The answers of a Flow come as JSON in a string. */
function formOf(json: string, title: string): ReceivedContent | null {
  let answers: unknown
  try {
    answers = JSON.parse(json)
  } catch {
    return null
  }
  if (!isObject(answers)) return null
  const values = Object.entries(answers)
    .filter(([name]) => name !== 'flow_token')
    .map(([name, value]) => ({
      name: name.slice(0, 40),
      label: name.slice(0, 100),
      value: (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '').slice(0, 4000),
    }))
  return { type: 'form-response', title: title.slice(0, 200), values }
}

/** A cart has no number of its own: it is named by the end of its message's id. */
function orderOf(said: unknown, id: string): ReceivedContent | null {
  const cart = order.safeParse(said).data
  const currency = cart?.product_items[0]?.currency
  if (!cart || !currency) return null
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
  const total = cart.product_items.reduce((sum, item) => sum + item.item_price * item.quantity, 0)
  return {
    type: 'order',
    number: id.slice(-12),
    status: 'cart',
    totalMinorUnits: Math.round(total * 10 ** (digits ?? 2)),
    currency,
    lines: cart.product_items.slice(0, 50).map((item) => ({
      title: item.product_retailer_id.slice(0, 200),
      quantity: item.quantity,
    })),
  }
}

function reasonIn(whole: Record<string, unknown>): string | undefined {
  const [first] = errors.safeParse(whole.errors).data ?? []
  const details = isObject(first?.error_data) ? first.error_data.details : undefined
  return typeof details === 'string' ? details : first?.message || first?.title || undefined
}

/** The option that was pressed, in a menu of ours or a template. */
export function choiceOf(type: string, whole: Record<string, unknown>): string | undefined {
  if (type === 'button') {
    return isObject(whole.button) && typeof whole.button.payload === 'string' ? whole.button.payload : undefined
  }
  const answer = type === 'interactive' ? interactive.safeParse(whole.interactive).data : undefined
  if (answer?.type === 'button_reply') return answer.button_reply.id
  return answer?.type === 'list_reply' ? answer.list_reply.id : undefined
}
