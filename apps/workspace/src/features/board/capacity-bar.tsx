import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'
import './capacity-bar.css'

export function CapacityBar({ used, all }: { used: number; all: number }) {
  const t = useWords(words)
  const share = all === 0 ? (used > 0 ? 1 : 0) : Math.min(1, used / all)
  return (
    <span className="q-capacity" title={t('capacityText', { used, all })}>
      <span className="q-capacity-bar" aria-hidden="true">
        <span
          className={used > all ? 'is-over' : share > 0.8 ? 'is-high' : undefined}
          style={{ inlineSize: `${share * 100}%` }}
        />
      </span>
      <span className="q-tabular">
        {used}/{all}
        {used > all ? <span className="q-state-bad"> {t('over')}</span> : null}
      </span>
    </span>
  )
}
