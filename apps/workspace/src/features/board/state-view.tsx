import { currentLanguage, useWords } from '../../shared/i18n.ts'
import type { AgentRow } from './agent-rows.ts'
import { Timer } from './timer.tsx'
import { words } from './words.ts'
import './state-view.css'

/** In words, with the reason and for how long; the dot only helps the eye. */
export function StateView({ row: { state, reason } }: { row: AgentRow }) {
  const t = useWords(words)
  const names = reason?.names
  const detail = names ? (currentLanguage() === 'en' ? names.en : names.zh) : null
  const gone = !state.present && state.state !== 'offline' && state.state !== 'not-responding'
  return (
    <span className={`q-board-state is-${state.state}`}>
      <span className="q-board-dot" aria-hidden="true" />
      <span className="q-board-state-name">
        {t(`state.${state.state}`)}
        {detail ? <span className="q-quiet"> · {detail}</span> : null}
        {gone ? <span className="q-state-warn"> · {t('disconnected')}</span> : null}
      </span>
      <span className="q-quiet">
        <Timer since={state.since} />
      </span>
    </span>
  )
}
