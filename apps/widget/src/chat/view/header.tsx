import { useRef, useState } from 'preact/hooks'
import { tellHost } from '../bridge.ts'
import { config, embedded, show, state, unread, view } from '../store.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Icon } from './icon.tsx'
import { ThreadMenu } from './thread-menu.tsx'

export function Header() {
  const shown = view.value
  const [menu, setMenu] = useState(false)
  const more = useRef<HTMLButtonElement>(null)
  const conversation = shown.name === 'thread' ? state.value.conversations.get(shown.id) : undefined
  const assignee = conversation?.assignee
  const name = assignee?.name ?? say('title')
  const face = assignee?.avatarUrl ?? config.value?.settings.look.logoUrl ?? null
  const closeMenu = (): void => {
    setMenu(false)
    more.current?.focus()
  }
  return (
    <header>
      {shown.name !== 'home' && (
        <button
          type="button"
          class="tool"
          aria-label={say('back')}
          onClick={() =>
            show(
              shown.name === 'leave' && shown.conversationId
                ? { name: 'thread', id: shown.conversationId }
                : { name: 'home' },
            )
          }
        >
          <Icon name="back" />
          {unread.value > 0 && <span class="count">{unread.value}</span>}
        </button>
      )}
      {(assignee || face) && <Avatar name={name} url={face} />}
      <h1 class="clip" dir="auto">
        {name}
      </h1>
      <button
        ref={more}
        type="button"
        class="tool"
        aria-label={say('menu')}
        aria-expanded={menu}
        onClick={() => setMenu(!menu)}
      >
        <Icon name="more" />
      </button>
      {embedded.value && (
        <button type="button" class="tool" aria-label={say('close')} onClick={() => tellHost({ type: 'close' })}>
          <Icon name="close" />
        </button>
      )}
      {menu && <ThreadMenu conversation={conversation} onDone={closeMenu} />}
    </header>
  )
}
