import type { Agent } from '@qiao/protocol'
import { Input } from 'antd'
import { useState } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface AssignMenuProps {
  agents: readonly Agent[]
  meId: string
  currentId: string | null
  mayAssignOthers: boolean
  onAssign: (agentId: string | null) => void
}

/** Type, arrow, Enter. Oneself comes first, since that is what is chosen most. */
export function AssignMenu({ agents, meId, currentId, mayAssignOthers, onAssign }: AssignMenuProps) {
  const t = useWords(inboxWords)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const choices = choicesOf(agents, meId, mayAssignOthers, text)
  const active = Math.min(at, choices.length - 1)
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(active + 1, choices.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(active - 1, 0))
    else if (event.key === 'Enter' && choices[active]) onAssign(choices[active].id)
    else return
    event.preventDefault()
  }
  return (
    <div className="q-assign">
      <Input
        autoFocus
        value={text}
        placeholder={t('assign.search')}
        aria-label={t('assign.search')}
        role="combobox"
        aria-expanded="true"
        aria-controls="assign-choices"
        aria-activedescendant={choices[active] ? `assign-${choices[active].id}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul className="q-choices" role="listbox" id="assign-choices" aria-label={t('do.assign')}>
        {choices.map((agent, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the field above
          <li
            key={agent.id}
            id={`assign-${agent.id}`}
            role="option"
            aria-selected={index === active}
            className="q-choice"
            onMouseEnter={() => setAt(index)}
            onClick={() => onAssign(agent.id)}
          >
            <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={22} />
            <span className="q-choice-name">
              {agent.name} {agent.id === meId ? t('assign.me') : ''}
            </span>
            {agent.id === currentId ? <span className="q-choice-note">{t('assign.current')}</span> : null}
          </li>
        ))}
      </ul>
      {choices.length === 0 ? <p className="q-choice-note">{t('assign.none')}</p> : null}
      {currentId ? (
        <button type="button" className="q-choice is-action" onClick={() => onAssign(null)}>
          {t('do.release')}
        </button>
      ) : null}
    </div>
  )
}

export function choicesOf(agents: readonly Agent[], meId: string, others: boolean, text: string): Agent[] {
  const words = text.trim().toLowerCase()
  return agents
    .filter((agent) => agent.disabledAt === null && (others || agent.id === meId))
    .filter((agent) => `${agent.name} ${agent.email}`.toLowerCase().includes(words))
    .toSorted((a, b) => Number(b.id === meId) - Number(a.id === meId) || a.name.localeCompare(b.name))
}
