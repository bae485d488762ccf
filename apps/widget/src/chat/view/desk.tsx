import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { beginChat, serviceNow } from '../begin.ts'
import { waitOf } from '../core/queue.ts'
import { listed } from '../core/state.ts'
import { handedOver, logOut, problemWords, signIn } from '../sign-in.ts'
import { config, show, state, view, visitor } from '../store.ts'
import { deskWords } from '../words/desk-words.ts'
import { briefly, exact } from '../words/times.ts'
import { fill, locale, say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Hours } from './home.tsx'
import { StartForm } from './start-form.tsx'
import { summary } from './summary.ts'

/** The first page of a company's internal desk: who one is, and what one has asked. */
export function Desk() {
  if (handedOver.value) return <p class="home">{deskWords().done}</p>
  if (serviceNow() === 'sign-in') return <SignIn />
  return view.value.name === 'start' ? <StartForm /> : <Requests />
}

function SignIn() {
  const words = deskWords()
  const wrong = problemWords()
  return (
    <div class="home">
      <section class="greeting">
        <h2 dir="auto">{say('greeting')}</h2>
        <p>{words.hint}</p>
      </section>
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="button" class="primary start" onClick={signIn}>
        {words.signIn}
      </button>
    </div>
  )
}

function Request({ conversation }: { conversation: VisitorConversation }) {
  const words = deskWords()
  const { id, number, assignee, lastMessage, lastActivityAt, unreadCount } = conversation
  const waits = waitOf(state.value, id) !== null
  const at = conversation.state === 'closed' ? words.closed : waits || !assignee ? words.waiting : words.inHand
  return (
    <li>
      <button type="button" class="chat" onClick={() => show({ name: 'thread', id })}>
        <Avatar
          name={assignee?.name ?? config.value?.inbox.name ?? ''}
          url={assignee?.avatarUrl ?? config.value?.settings.look.logoUrl ?? null}
        />
        <span class="chat-words">
          <span class="chat-top">
            <b class="clip">
              #{number} · {at}
            </b>
            <time dateTime={lastActivityAt} title={exact(lastActivityAt)}>
              {briefly(lastActivityAt)}
            </time>
          </span>
          <span class="chat-top">
            <span class="clip muted" dir="auto">
              {lastMessage && (lastMessage.from === 'contact' ? `${say('you')}: ` : assignee && `${assignee.name}: `)}
              {lastMessage && summary(lastMessage.type, lastMessage.preview)}
            </span>
            {unreadCount > 0 && (
              <span class="count">
                {unreadCount}
                <span class="hidden"> {say('unread', { n: unreadCount })}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  )
}

function Requests() {
  const known = config.value
  if (!known) return null
  const words = deskWords()
  const requests = listed(state.value)
  const service = serviceNow()
  const name = visitor.value?.name ?? visitor.value?.email
  return (
    <div class="home">
      <section class="greeting">
        <h2 dir="auto">{say('greeting')}</h2>
        <Hours of={known} />
      </section>
      <section>
        <h3>{words.requests}</h3>
        {requests.length === 0 ? (
          <p class="muted">{words.none}</p>
        ) : (
          <ul class="chats">
            {requests.map((conversation) => (
              <Request key={conversation.id} conversation={conversation} />
            ))}
          </ul>
        )}
      </section>
      {service !== 'paused' && service !== 'closed' && (
        <button type="button" class="primary start" onClick={() => beginChat('', true)}>
          {service === 'form' ? say('leaveMessage') : words.ask}
        </button>
      )}
      <section>
        {name && <p class="muted">{fill(words.as, { name }, locale.value)}</p>}
        <button type="button" class="link" onClick={logOut}>
          {words.logOut}
        </button>
      </section>
    </div>
  )
}
