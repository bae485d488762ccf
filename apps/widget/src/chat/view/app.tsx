import { useEffect } from 'preact/hooks'
import { announced, celebrating, config, connection, networkUp, notice, tell, view } from '../store.ts'
import { say } from '../words/words.ts'
import { Header } from './header.tsx'
import { Home } from './home.tsx'
import { Icon } from './icon.tsx'
import { later } from './later.tsx'
import { Thread } from './thread.tsx'

const noticeMs = 6000

function Notice() {
  const text = notice.value
  useEffect(() => {
    if (!text) return undefined
    const timer = setTimeout(() => tell(null), noticeMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <output class="notices">
      {!networkUp.value && <p class="notice">{say('noNetwork')}</p>}
      {networkUp.value && connection.value === 'offline' && <p class="notice quiet">{say('connecting')}</p>}
      {text && (
        <p class="notice">
          {text}
          <button type="button" class="tool" aria-label={say('cancel')} onClick={() => tell(null)}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </output>
  )
}

const Desk = later(() => import('./desk.tsx').then((part) => part.Desk))
const Celebration = later(() => import('./celebration.tsx').then((part) => part.Celebration))

const StartForm = later(() => import('./start-form.tsx').then((part) => part.StartForm))
const LeaveForm = later(() => import('./leave-form.tsx').then((part) => part.LeaveForm))

export function App() {
  const shown = view.value
  return (
    <>
      <Header />
      <Notice />
      <main>
        {shown.name === 'thread' ? (
          <Thread id={shown.id} />
        ) : shown.name === 'leave' ? (
          <LeaveForm conversationId={shown.conversationId} />
        ) : config.value?.settings.audience === 'staff' ? (
          <Desk />
        ) : shown.name === 'home' ? (
          <Home />
        ) : (
          <StartForm />
        )}
      </main>
      {celebrating.value && <Celebration />}
      <div class="hidden" role="log" aria-live="polite">
        {announced.value}
      </div>
    </>
  )
}
