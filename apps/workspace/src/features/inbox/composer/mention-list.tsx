import type { Agent } from '@qiao/protocol'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface MentionListProps {
  agents: readonly Agent[]
  query: string
  field: RefObject<HTMLTextAreaElement | null>
  onPick: (agent: Agent) => void
}

/** Stands above the field while "@…" is typed; arrows and Enter stay in the field. */
export function MentionList({ agents, query, field, onPick }: MentionListProps) {
  const t = useWords(inboxWords)
  const [at, setAt] = useState(0)
  const found = agents.filter((agent) => agent.name.toLowerCase().includes(query)).slice(0, 6)
  const active = Math.min(at, found.length - 1)
  const latest = useRef({ found, active, onPick })
  useEffect(() => {
    latest.current = { found, active, onPick }
  })
  useEffect(() => {
    const element = field.current
    const onKey = (event: KeyboardEvent): void => {
      const { found: choices, active: index, onPick: pick } = latest.current
      const chosen = choices[index]
      if (!chosen || event.isComposing) return
      if (event.key === 'ArrowDown') setAt(Math.min(index + 1, choices.length - 1))
      else if (event.key === 'ArrowUp') setAt(Math.max(index - 1, 0))
      else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [field])
  if (found.length === 0) return null
  return (
    <ul className="q-mentions" role="listbox" aria-label={t('composer.mentions')}>
      {found.map((agent, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled in the field
        <li
          key={agent.id}
          role="option"
          aria-selected={index === active}
          className="q-choice"
          onClick={() => onPick(agent)}
        >
          <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={22} />
          <span className="q-choice-name">{agent.name}</span>
        </li>
      ))}
    </ul>
  )
}
