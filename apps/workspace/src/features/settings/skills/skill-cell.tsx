import type { KeyboardEvent } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import type { Level } from './levels.ts'
import { levels } from './levels.ts'
import { words } from './words.ts'

interface Props {
  /** Where it stands, to be found again. */
  name: string
  agent: string
  skill: string
  level: Level | null
  changed: boolean
  inOrder: boolean
  readOnly: boolean
  onKey: (event: KeyboardEvent) => void
  onFocus: () => void
  onSet: (level: Level | null) => void
}

/** After the highest level comes none. */
const next = (level: Level | null): Level | null => levels.find((one) => one > (level ?? 0)) ?? null

export function SkillCell(props: Props) {
  const { name, agent, skill, level, changed, inOrder, readOnly, onKey, onFocus, onSet } = props
  const t = useWords(words)
  const shown = level === null ? t('none') : `${level} ${t(`level.${level}`)}`
  return (
    <td className={changed ? 'is-changed' : undefined}>
      <button
        type="button"
        data-cell={name}
        className={`st-level is-${level ?? 0}`}
        tabIndex={inOrder ? 0 : -1}
        aria-label={t('cell', { agent, skill, level: shown })}
        aria-disabled={readOnly}
        onKeyDown={onKey}
        onFocus={onFocus}
        onClick={() => {
          if (!readOnly) onSet(next(level))
        }}
      >
        {level ?? '·'}
      </button>
    </td>
  )
}
