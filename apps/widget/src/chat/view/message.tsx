import type { MessageEntry } from '@qiao/protocol/entries'
import type { MessageContent } from '@qiao/protocol/content'
import { contentPreview } from '@qiao/protocol/content-text'
import { currentContent } from '@qiao/protocol/message'
import type { ComponentChildren } from 'preact'
import { answerTo, state } from '../store.ts'
import { clock, exact } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Content } from './content.tsx'
import { Icon } from './icon.tsx'
import { person } from './people.ts'
import { summary } from './summary.ts'

const inOneLine = (content: MessageContent): string => summary(content.type, contentPreview(content, 80))

/** The message that this one answers; it may be further back than what is loaded. */
export function Quote({ conversationId, id }: { conversationId: string; id: string }) {
  const found = state.value.threads.get(conversationId)?.entries.find((entry) => entry.id === id)
  const message = found?.kind === 'message.received' || found?.kind === 'message.sent' ? found : null
  const content = message && currentContent(message)
  const text = content ? inOneLine(content) : say(message ? 'recalled' : 'earlierMessage')
  return (
    <div class="quote">
      {message && <b>{person(message.author).name}</b>} <span class="clip">{text}</span>
    </div>
  )
}

/** A few characters of nothing but emoji are shown large, without a bubble. */
const isBigEmoji = (content: MessageContent): boolean =>
  content.type === 'text' && /^(\p{Extended_Pictographic}[\uFE0F\u200D\p{Emoji_Modifier}]*){1,3}$/u.test(content.text)

const wide: ReadonlySet<string> = new Set(['card', 'product', 'order', 'article', 'form', 'menu', 'image', 'video'])

interface BubbleProps {
  mine: boolean
  first: boolean
  last: boolean
  content: MessageContent | null
  children: ComponentChildren
  beside?: ComponentChildren
  below?: ComponentChildren
}

export function Bubble({ mine, first, last, content, children, beside, below }: BubbleProps) {
  const shape = content
    ? isBigEmoji(content)
      ? 'emoji'
      : wide.has(content.type)
        ? `wide ${content.type}`
        : ''
    : 'gone'
  return (
    <div class={`said ${mine ? 'mine' : 'theirs'} ${first ? 'first' : ''} ${last ? 'last' : ''}`}>
      <div class="line">
        <div class={`bubble ${shape}`} dir="auto">
          {children}
        </div>
        {beside}
      </div>
      {below}
    </div>
  )
}

interface MessageProps {
  entry: MessageEntry
  mine: boolean
  first: boolean
  last: boolean
  /** Words on how far the visitor's newest message has got. */
  mark: string | null
}

export function Message({ entry, mine, first, last, mark }: MessageProps) {
  const content = currentContent(entry)
  const { name, url } = person(entry.author)
  const open = state.value.conversations.get(entry.conversationId)?.state === 'open'
  const reply = content && open && (
    <button
      type="button"
      class="reply"
      aria-label={say('replyingTo', { name })}
      title={say('reply')}
      onClick={() => answerTo(entry)}
    >
      <Icon name="reply" />
    </button>
  )
  return (
    <li class={mine ? 'row' : 'row from'}>
      {!mine && (last ? <Avatar name={name} url={url} /> : <span class="avatar none" />)}
      <div class="stack">
        {first && !mine && <span class="who">{name}</span>}
        {first && mine && <span class="hidden">{name}</span>}
        <Bubble
          mine={mine}
          first={first}
          last={last}
          content={content}
          beside={reply}
          below={
            <>
              {content && entry.revision?.reaction && <span class="reaction">{entry.revision.reaction}</span>}
              {last && (
                <span class="when">
                  <time dateTime={entry.at} title={exact(entry.at)}>
                    {clock(entry.at)}
                  </time>
                  {entry.revision?.editedAt && content && ` · ${say('edited')}`}
                  {mark && ` · ${mark}`}
                </span>
              )}
            </>
          }
        >
          {content && entry.body.replyToId && <Quote conversationId={entry.conversationId} id={entry.body.replyToId} />}
          {content ? <Content entry={entry} content={content} /> : <p class="muted">{say('recalled')}</p>}
        </Bubble>
      </div>
    </li>
  )
}
