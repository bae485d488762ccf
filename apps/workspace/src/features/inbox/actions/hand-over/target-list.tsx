import { Input } from 'antd'
import { Fragment, useState } from 'react'
import { TeamOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Avatar } from '../../../../shared/avatar.tsx'
import { useWords } from '../../../../shared/i18n.ts'
import { workWords } from '../../work-words.ts'
import type { Target } from './targets.ts'

interface TargetListProps {
  label: string
  hint: string
  text: string
  onText: (text: string) => void
  targets: readonly Target[]
  picked: string | null
  onPick: (target: Target) => void
}

const headings = { queue: 'hand.queues', agent: 'hand.agents', team: 'hand.teams' } as const

/** Type, arrow, Enter. */
export function TargetList({ label, hint, text, onText, targets, picked, onPick }: TargetListProps) {
  const t = useWords(workWords)
  const [at, setAt] = useState(0)
  const active = Math.min(at, targets.length - 1)
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') setAt(Math.min(active + 1, targets.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(active - 1, 0))
    else if (event.key === 'Enter') {
      const target = targets[active]
      if (target) onPick(target)
    } else return
    event.preventDefault()
  }
  const headed = targets.some(({ type }) => type !== 'agent')
  return (
    <div className="q-targets">
      <Input
        autoFocus
        value={text}
        placeholder={hint}
        aria-label={label}
        role="combobox"
        aria-expanded="true"
        aria-controls="hand-targets"
        aria-activedescendant={targets[active] ? `hand-${active}` : undefined}
        onChange={(event) => {
          onText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="hand-targets" role="listbox" aria-label={label} className="q-target-list">
        {targets.map((target, index) => (
          <Fragment key={target.key}>
            {headed && targets[index - 1]?.type !== target.type ? (
              <li role="presentation" className="q-target-head">
                {t(headings[target.type])}
              </li>
            ) : null}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the field above */}
            <li
              id={`hand-${index}`}
              role="option"
              aria-selected={target.key === picked}
              title={target.name}
              className={`q-target ${index === active ? 'is-active' : ''}`}
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' })
              }}
              onMouseMove={() => setAt(index)}
              onClick={() => onPick(target)}
            >
              <Face target={target} />
              <span className="q-target-name">{target.name}</span>
              <span className={`q-target-note is-${target.tone}`}>{target.note}</span>
            </li>
          </Fragment>
        ))}
      </ul>
      {targets.length === 0 ? <p className="q-choice-note">{t('hand.none')}</p> : null}
    </div>
  )
}

function Face({ target }: { target: Target }) {
  if (target.type === 'agent')
    return <Avatar id={target.id} name={target.name} url={target.avatarUrl} size={22} online={target.tone === 'good'} />
  return <span className="q-target-icon">{target.type === 'queue' ? <UnorderedListOutlined /> : <TeamOutlined />}</span>
}
