import { useEffect, useState } from 'preact/hooks'
import { config, state } from '../store.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'

/** Somebody is typing. Ends by itself when nobody says that it goes on. */
export function TypingRow({ id }: { id: string }) {
  const typing = state.value.typing.get(id)
  const [, redraw] = useState(0)
  const left = typing ? typing.until - Date.now() : 0
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => redraw((count) => count + 1), left + 50)
    return () => clearTimeout(timer)
  }, [typing])
  if (!typing || left <= 0) return null
  const name = typing.agent?.name ?? config.value?.inbox.name ?? ''
  return (
    <li class="row from">
      <Avatar name={name} url={typing.agent?.avatarUrl ?? null} />
      <div class="bubble typing" role="status" aria-label={say('typing', { name })}>
        <i />
        <i />
        <i />
      </div>
    </li>
  )
}
