import { useEffect, useState } from 'preact/hooks'
import { config, state } from '../store.ts'
import { say } from '../words/words.ts'
import { Avatar } from './avatar.tsx'

/** Somebody is typing. Ends by itself when nobody says that it goes on. */
export function TypingRow({ id }: { id: string }) {
  const typing = state.value.typing.get(id)
  const [over, setOver] = useState<typeof typing>(undefined)
  useEffect(() => {
    if (!typing) return undefined
    const timer = setTimeout(() => setOver(typing), typing.until - Date.now())
    return () => clearTimeout(timer)
  }, [typing])
  if (!typing || over === typing) return null
  const name = typing.agent?.name ?? config.value?.inbox.name ?? ''
  return (
    <li class="row from">
      <Avatar name={name} url={typing.agent?.avatarUrl ?? null} />
      <output class="bubble typing" aria-label={say('typing', { name })}>
        <i />
        <i />
        <i />
      </output>
    </li>
  )
}
