import type { AgentState } from '@qiao/protocol'
import { useWords } from '../../shared/i18n.ts'
import { Ring } from '../../shared/routing/ring.tsx'
import { routingWords } from '../../shared/routing-words.ts'
import type { StateChoice } from './choices.ts'
import { Since } from './elapsed.tsx'
import { StateMenu } from './state-menu.tsx'
import { Today } from './today.tsx'
import { statusWords } from './words.ts'

interface StatusPanelProps {
  state: AgentState
  choices: readonly StateChoice[]
  onChoose: (choice: StateChoice) => void
  onClose: () => void
}

export function StatusPanel({ state, choices, onChoose, onClose }: StatusPanelProps) {
  const t = useWords(statusWords)
  const names = useWords(routingWords)
  const { unitsUsed: used, units } = state
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what the key opened
    <div
      className="q-status-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className="q-status-head">
        <Ring share={units > 0 ? used / units : 0} size={44}>
          {units > 0 ? `${Math.round((used / units) * 100)}%` : '0'}
        </Ring>
        <div>
          <strong>
            {names(`state.${state.state}`)}{' '}
            <span className="q-status-since">
              <Since since={state.since} />
            </span>
          </strong>
          <span>
            {t('capacity', { used, units })}
            {used > units ? <span className="q-failed"> · {t('over', { units: used - units })}</span> : null}
            {` · ${t('held', { count: state.held.filter((work) => work.state !== 'offered').length })}`}
          </span>
          {state.present ? null : <span className="q-failed">{t('absent')}</span>}
        </div>
      </header>
      <StateMenu choices={choices} state={state} onChoose={onChoose} />
      <Today />
    </div>
  )
}
