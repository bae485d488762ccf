import { maxTextLength } from '@qiao/protocol'
import type { MediaReference, ReceivedContent } from '../events.ts'
import { fromEntities } from './entities.ts'
import type { File, Message } from './update.ts'

/** What a message says; null for the small print of chats (who joined, what was pinned). */
export function contentOf(message: Message): ReceivedContent | null {
  const { photo, animation, audio, voice, video, video_note: round, document, sticker, venue, location } = message
  const { text: caption } = fromEntities(message.caption ?? '')
  const withCaption = caption === '' ? {} : { caption }
  const attached = (type: 'image' | 'audio' | 'video' | 'file', file: File, mime?: string): ReceivedContent => ({
    type,
    media: mediaOf(file, mime),
    ...withCaption,
  })
  const largest = photo?.at(-1)
  if (largest) return attached('image', largest, 'image/jpeg')
  // An animation comes as a document too, for programs that do not know animations.
  if (animation) return attached('video', animation, 'video/mp4')
  if (video) return attached('video', video, 'video/mp4')
  if (round) return attached('video', round, 'video/mp4')
  if (voice) return attached('audio', voice, 'audio/ogg')
  if (audio) return attached('audio', audio, 'audio/mpeg')
  if (document) return attached('file', document)
  if (sticker) {
    if (sticker.is_animated) return { type: 'unsupported', summary: `Sticker ${sticker.emoji ?? ''}`.trim() }
    return sticker.is_video ? attached('video', sticker, 'video/webm') : attached('image', sticker, 'image/webp')
  }
  if (venue) return placeOf(venue.location, venue.title.slice(0, 200), venue.address.slice(0, 500))
  if (location) return placeOf(location)
  return wordsOf(message)
}

function wordsOf(message: Message): ReceivedContent | null {
  const { text, entities, contact, dice, web_app_data: app } = message
  if (text !== undefined && text.trim() !== '') {
    const read = fromEntities(text, entities)
    return { type: 'text', ...(read.text.length > maxTextLength ? { text, markup: 'none' as const } : read) }
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ').slice(0, 200).trim()
    const phone = contact.phone_number.slice(0, 40).trim()
    if (name === '' || phone === '') return plain(`${name} ${phone}`.trim())
    return { type: 'contact', name, phones: [phone], emails: [] }
  }
  if (dice) return plain(`${dice.emoji} ${dice.value}`)
  if (app) return plain(app.button_text)
  return unsupportedOf(message)
}

function unsupportedOf(message: Message): ReceivedContent | null {
  const { poll, story, game, checklist, successful_payment: paid } = message
  if (poll) return { type: 'unsupported', summary: `Poll: ${poll.question}`.slice(0, 500) }
  if (story) return { type: 'unsupported', summary: 'Story' }
  if (game) return { type: 'unsupported', summary: `Game: ${game.title}`.slice(0, 500) }
  if (checklist) return { type: 'unsupported', summary: `Checklist: ${checklist.title}`.slice(0, 500) }
  if (paid) return { type: 'unsupported', summary: `Paid ${paid.total_amount} ${paid.currency} (smallest units)` }
  const other = [
    'rich_message',
    'live_photo',
    'paid_media',
    'invoice',
    'giveaway',
    'gift',
    'unique_gift',
    'passport_data',
  ].find((kind) => message[kind] !== undefined)
  return other === undefined ? null : { type: 'unsupported', summary: other.replace('_', ' ') }
}

const plain = (text: string): ReceivedContent | null =>
  text.trim() === '' ? null : { type: 'text', text, markup: 'none' }

function mediaOf(
  { file_id: id, file_name: name, mime_type: given, file_size: bytes, duration }: File,
  mime?: string,
): MediaReference {
  const type = given ?? mime
  return {
    id,
    ...(type === undefined ? {} : { mime: type }),
    ...(name ? { name } : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(duration === undefined ? {} : { durationMs: Math.round(duration * 1000) }),
  }
}

function placeOf(
  { latitude, longitude }: NonNullable<Message['location']>,
  title?: string,
  address?: string,
): ReceivedContent {
  return { type: 'location', latitude, longitude, ...(title ? { title } : {}), ...(address ? { address } : {}) }
}
