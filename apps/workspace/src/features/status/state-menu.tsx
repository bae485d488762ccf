import { CheckOutlined } from '@ant-design/icons'
import type { AgentState } from '@qiao/protocol'
import { useEffect, useRef } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { type StateChoice, isChosen } from './choices.ts'
import { statusWords } from './words.ts'

const hints = {
  available: 'hintAvailable',
  busy: 'hintBusy',
  break: 'hintBreak',
  offline: 'hintOffline',
} as const

interface StateMenuProps {
  choices: readonly StateChoice[]
  state: AgentState
  onChoose: (choice: StateChoice) => void
}

const itemsOf = (list: Element | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? []),
]

/** Arrow, Enter. It begins at the state that lasts, so that a stray Enter changes nothing. */
export function StateMenu({ choices, state, onChoose }: StateMenuProps) {
  const t = useWords(statusWords)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const all = itemsOf(list.current)
    const current = all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0]
    current?.focus()
  }, [])
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const all = itemsOf(list.current)
    const at = all.findIndex((item) => item === document.activeElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a menu is what this list is
    <ul ref={list} role="menu" aria-label={t('menu')} className="q-states" onKeyDown={onKeyDown}>
      {choices.map((each) => (
        <li key={each.key} role="none">
          <button
            type="button"
            role="menuitemradio"
            aria-checked={isChosen(each, state)}
            className="q-state-choice"
            onClick={() => onChoose(each)}
          >
            <span className={`q-dot is-${each.choice.state}`} />
            <span className="q-state-words">
              <span>{each.label}</span>
              <span className="q-state-note">{t(hints[each.choice.state])}</span>
            </span>
            {isChosen(each, state) ? <CheckOutlined /> : null}
          </button>
        </li>
      ))}
    </ul>
  )
}
