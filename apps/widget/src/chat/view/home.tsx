import type { WidgetConfig } from '@qiao/protocol/inbox'
import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { nextOpening } from '@qiao/protocol/opening-hours'
import { beginChat, serviceNow } from '../begin.ts'
import { isApart } from '../core/apart.ts'
import { waitOf } from '../core/queue.ts'
import { listed } from '../core/state.ts'
import { config, show, state } from '../store.ts'
import { briefly, exact, soon } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { summary } from './summary.ts'

/** When somebody is there, in words. */
export function Hours({ of: { hours } }: { of: WidgetConfig }) {
  const service = serviceNow()
  if (service === 'paused') return <p>{say('paused')}</p>
  const next = hours && nextOpening(hours, new Date())
  if (service === 'chat' && !next) {
    return (
      <p>
        <i class="online" /> {say('online')} · {say('replyTime')}
      </p>
    )
  }
  return (
    <p>
      {say(service === 'closed' ? 'closed' : 'away')} {next && say('opens', { time: soon(next) })}
    </p>
  )
}

function Line({ conversation }: { conversation: VisitorConversation }) {
  const { id, assignee, lastMessage, lastActivityAt, unreadCount } = conversation
  const name = assignee?.name ?? config.value?.inbox.name ?? ''
  const wait = waitOf(state.value, id)
  const apart = lastMessage && isApart({ body: lastMessage })
  const words = apart ? say('answeredThere') : lastMessage ? summary(lastMessage.type, lastMessage.preview) : ''
  return (
    <li>
      <button type="button" class="chat" onClick={() => show({ name: 'thread', id })}>
        <Avatar name={name} url={assignee?.avatarUrl ?? config.value?.settings.look.logoUrl ?? null} />
        <span class="chat-words">
          <span class="chat-top">
            <b class="clip">{name}</b>
            <time dateTime={lastActivityAt} title={exact(lastActivityAt)}>
              {briefly(lastActivityAt)}
            </time>
          </span>
          <span class="chat-top">
            <span class="clip muted" dir="auto">
              {lastMessage?.from === 'contact' && `${say('you')}: `}
              {words}
            </span>
            {unreadCount > 0 && (
              <span class="count">
                {unreadCount}
                <span class="hidden"> {say('unread', { n: unreadCount })}</span>
              </span>
            )}
          </span>
          {wait && (
            <span class="muted waits">
              {wait.place ? say('inQueueAt', { n: wait.place.position }) : say('inQueue')}
            </span>
          )}
        </span>
      </button>
    </li>
  )
}

export function Home() {
  const known = config.value
  if (!known) return null
  const chats = listed(state.value)
  const service = serviceNow()
  const open = chats.some((conversation) => conversation.state === 'open')
  return (
    <div class="home">
      <section class="greeting">
        {known.team.length > 0 && (
          <div class="team">
            {known.team.map((agent) => (
              <Avatar key={agent.name} name={agent.name} url={agent.avatarUrl} size="large" />
            ))}
          </div>
        )}
        <h2 dir="auto">{say('greeting')}</h2>
        <Hours of={known} />
      </section>
      {chats.length > 0 && (
        <section>
          <h3>{say('chats')}</h3>
          <ul class="chats">
            {chats.map((conversation) => (
              <Line key={conversation.id} conversation={conversation} />
            ))}
          </ul>
        </section>
      )}
      {service === 'chat' && known.settings.offline.always && (
        <button type="button" class="link leave" onClick={() => show({ name: 'leave', conversationId: null })}>
          {say('leaveMessage')}
        </button>
      )}
      {service !== 'paused' && service !== 'closed' && (
        <button type="button" class="primary start" onClick={() => beginChat('', true)}>
          {say(service === 'form' ? 'leaveMessage' : open ? 'newChat' : 'start')}
        </button>
      )}
    </div>
  )
}
