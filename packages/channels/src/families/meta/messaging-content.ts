import type { AttachmentKind } from '@qiao/protocol'
import type { ReceivedContent } from '../../events.ts'
import type { Json } from '../../json.ts'
import { textOf, unsupported } from './content.ts'
import type { Attachment, Message } from './messaging-payload.ts'

export interface Said {
  content: ReceivedContent
  extra?: { [name: string]: Json }
}
const kinds: Readonly<Record<string, AttachmentKind>> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'audio',
  file: 'file',
}

/** A message says a text, or one thing per attachment; a text beside files is the caption of the first. */
export function contentsOf({ text, attachments = [], is_unsupported: isUnknown, reply_to: answered }: Message): Said[] {
  const story = answered?.story
  const extra = story ? { extra: { storyReply: { id: story.id ?? '', url: story.url ?? '' } } } : {}
  if (isUnknown) return [{ content: unsupported('A kind of message that Meta does not pass on'), ...extra }]
  const said = attachments.map(attached)
  const [first, ...others] = said
  if (!first) return [{ content: textOf(text ?? ''), ...extra }]
  if (!text) return said
  // The link that the text holds is shown with it already.
  if (attachments[0]?.type === 'fallback') return [{ content: textOf(text), ...extra }, ...others]
  if ('media' in first.content) return [{ ...first, content: { ...first.content, caption: text } }, ...others]
  return [{ content: textOf(text), ...extra }, ...said]
}

function attached({ type, title, url: outerUrl, payload }: Attachment): Said {
  const url = payload?.url ?? outerUrl
  const kind = kinds[type]
  if (kind) return { content: url ? { type: kind, media: { url } } : unsupported(`${type} without an address`) }
  if (type === 'location' && payload?.coordinates) {
    const { lat: latitude, long: longitude } = payload.coordinates
    return { content: { type: 'location', latitude, longitude, ...(title ? { title: title.slice(0, 200) } : {}) } }
  }
  // Stories are not ours to keep: only where they can be seen, for as long as they can.
  // https://developers.facebook.com/docs/messenger-platform/instagram/features/story-mention (2026-05)
  if (type === 'story_mention') {
    return url
      ? { content: textOf(url), extra: { storyMention: url } }
      : { content: unsupported('Mentioned in a story that is gone') }
  }
  const words = [title ?? payload?.title, payload?.text, ...titlesIn(payload), url].filter(Boolean).join('\n')
  return { content: words ? textOf(words) : unsupported(`Attachment of type ${type}`), extra: { shared: type } }
}

const titlesIn = (payload: Attachment['payload']): (string | undefined)[] =>
  (payload?.elements ?? []).flatMap(({ title, subtitle }) => [title, subtitle])
