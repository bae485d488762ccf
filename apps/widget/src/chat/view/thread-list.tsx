import type { EntryOf } from '@qiao/protocol/entries'
import { isLater } from '@qiao/protocol/later-work'
import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type EventEntry, type Row, toRows } from '../core/rows.ts'
import { setAtEnd } from '../reading.ts'
import { state, uploads, waiting } from '../store.ts'
import { loadEarlier } from '../sync.ts'
import { choiceWords } from '../words/choice-words.ts'
import { clock, dayName } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Icon } from './icon.tsx'
import { later } from './later.tsx'
import { Message } from './message.tsx'
import { person, servedBy } from './people.ts'
import { TypingRow } from './typing-row.tsx'
import { Uploading, Waiting } from './waiting.tsx'

const agentOf = (id: string | null) => {
  const { name, url } = person({ type: 'agent', id: id ?? '' })
  return { name, url, number: state.value.agents.get(id ?? '')?.number ?? null }
}

function leftWords({ outcome, phone }: EntryOf<'conversation.queue-left'>['body']): string {
  if (outcome === 'abandoned') return say('leftAway')
  if (outcome === 'closed') return say('queueClosed')
  if (outcome === 'left') return choiceWords({ instead: 'nothing' })
  return choiceWords({ instead: outcome === 'callback' ? outcome : 'message', phone })
}

function eventWords(entry: EventEntry): string {
  switch (entry.kind) {
    case 'conversation.assigned':
      return servedBy(agentOf(entry.body.agentId))
    case 'participant.joined':
      return say('joined', { name: agentOf(entry.body.agentId).name })
    case 'participant.left':
      return say('parted', { name: agentOf(entry.body.agentId).name })
    case 'conversation.queued':
      return say(isLater(entry.body.channel) ? 'willAnswer' : 'requeued')
    case 'conversation.queue-left':
      return leftWords(entry.body)
    case 'conversation.closed':
      return say('ended')
    case 'conversation.reopened':
      return say('reopened')
    case 'conversation.silence-warned':
      return say('silenceWarning', { time: clock(entry.body.closesAt) })
    default:
      return entry satisfies never
  }
}

const SurveyCard = later(() => import('./survey.tsx').then((part) => part.SurveyCard))

/** Who takes over, or takes part, is shown with a face. */
function EventLine({ entry }: { entry: EventEntry }) {
  const words = eventWords(entry)
  if (entry.kind !== 'conversation.assigned' && entry.kind !== 'participant.joined') return <>{words}</>
  const { name, url } = agentOf(entry.body.agentId)
  return (
    <span class="serves">
      <Avatar name={name} url={url} />
      {words}
    </span>
  )
}

function markWords(conversation: VisitorConversation | undefined, seq: number): string | null {
  if (!conversation) return null
  if (conversation.marks.agentReadSeq >= seq) return say('read')
  return say(conversation.assignee ? 'delivered' : 'sent')
}

function drawRow(row: Row, conversation: VisitorConversation | undefined, lastMine: string | undefined) {
  switch (row.type) {
    case 'day':
      return (
        <li key={row.key} class="day">
          {dayName(row.at)}
        </li>
      )
    case 'event':
      return (
        <li key={row.key} class="event">
          <EventLine entry={row.entry} />
        </li>
      )
    case 'message': {
      const mark = row.key === lastMine ? markWords(conversation, row.entry.seq) : null
      return <Message key={row.key} entry={row.entry} mine={row.mine} first={row.first} last={row.last} mark={mark} />
    }
    case 'apart':
      return (
        <li key={row.key} class="event">
          {say('answeredThere')}
        </li>
      )
    case 'waiting':
      return <Waiting key={row.key} item={row.item} first={row.first} last={row.last} />
    case 'survey': {
      const survey = conversation?.survey
      return survey && <SurveyCard key={row.key} conversationId={conversation.id} survey={survey} />
    }
    default:
      return row satisfies never
  }
}

const nearPx = 60

/** The timeline. Stays at its end while one is there, and does not move under somebody who reads back. */
export function ThreadList({ id }: { id: string }) {
  const scroller = useRef<HTMLElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const atEnd = useRef(true)
  const last = useRef({ top: 0, height: 0 })
  const before = useRef<{ height: number; first: string; newest?: string }>({ height: 0, first: '' })
  const [missed, setMissed] = useState(0)
  const conversation = state.value.conversations.get(id)
  const thread = state.value.threads.get(id)
  const rows = toRows(
    thread?.entries ?? [],
    waiting.value.filter((item) => item.threadId === id),
  )
  const rising = uploads.value.filter((upload) => upload.threadId === id)
  const lastMine = rows.findLast?.((row) => row.type === 'message' && row.mine)?.key
  const first = rows.find((row) => row.type === 'message')?.key ?? ''
  const newest = rows.at(-1)
  const newestKey = newest?.key
  const own = newest?.type === 'waiting'
  const theirs = newest?.type === 'message' && !newest.mine

  const toEnd = (): void => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }
  // After every drawing: whatever changed, the end stays in view for one who is there, and the place for one who is not.
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const grewAbove = before.current.first !== '' && before.current.first !== first
    if (grewAbove && !atEnd.current) box.scrollTop += box.scrollHeight - before.current.height
    const said = own && newestKey !== before.current.newest
    before.current = { height: box.scrollHeight, first, newest: newestKey }
    if (atEnd.current || said) toEnd()
  })
  useEffect(() => {
    if (!atEnd.current && theirs) setMissed((count) => count + 1)
  }, [newestKey, theirs])
  useEffect(() => {
    // Pictures and films that load, what is drawn later and the keyboard of a phone change the height after the drawing.
    const keep = new ResizeObserver(() => atEnd.current && toEnd())
    for (const box of [scroller.current, list.current]) if (box) keep.observe(box)
    setAtEnd(true)
    return () => keep.disconnect()
  }, [id])
  const scrolled = (): void => {
    const box = scroller.current
    if (!box) return
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
    // Only going back leaves the end. What grows does so below it, before it is followed; what becomes shorter, as an upload that
    // has turned into a message, moves the thread up by itself.
    const now = { top: box.scrollTop, height: box.scrollHeight }
    const wentBack = now.top < last.current.top && now.height === last.current.height
    const end = near || (atEnd.current && !wentBack)
    last.current = now
    if (end !== atEnd.current) setAtEnd(end)
    atEnd.current = end
    if (end) setMissed(0)
    if (box.scrollTop < nearPx && thread && !thread.complete) void loadEarlier(id)
  }
  return (
    <div class="timeline">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <section class="scroller" ref={scroller} onScroll={scrolled} tabIndex={0} aria-label={say('chats')}>
        <ol class="rows" ref={list}>
          {thread && !thread.complete && (
            <li class="event">
              <button type="button" class="link" onClick={() => void loadEarlier(id)}>
                {say('history')}
              </button>
            </li>
          )}
          {conversation && !thread && <li class="event">{say('loading')}</li>}
          {!conversation && rows.length === 0 && (
            <li class="event hello">
              {say('greeting')} {say('replyTime')}
            </li>
          )}
          {rows.map((row) => drawRow(row, conversation, lastMine))}
          {rising.map((upload) => (
            <Uploading key={upload.id} upload={upload} />
          ))}
          <TypingRow id={id} />
        </ol>
      </section>
      {missed > 0 && (
        <button type="button" class="jump" onClick={toEnd}>
          <Icon name="down" /> {say('unread', { n: missed })}
        </button>
      )}
    </div>
  )
}
