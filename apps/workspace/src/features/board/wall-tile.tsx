import { useWords } from '../../shared/i18n.ts'
import { percent } from './numbers.ts'
import { type QueueRow, latenessOf } from './queue-rows.ts'
import { clock, useSecond } from './timer.tsx'
import { words } from './words.ts'

export function WallTile({ row: { queue, load } }: { row: QueueRow }) {
  const t = useWords(words)
  const now = useSecond()
  const { service } = queue.settings
  const waited = load.longestSince ? now - Date.parse(load.longestSince) : null
  const level = waited === null ? 'calm' : latenessOf(waited, service.withinSeconds)
  const alarm = load.alarms.find(({ kind }) => kind !== 'waits-too-long')
  const state = load.paused ? t('paused') : load.open ? null : t('closed')
  const { serviceLevel } = load.today
  const longest = waited === null ? '—' : clock(waited)
  // Many customers and waits of many hours are long to write, and must not be cut.
  return (
    <section className={`q-wall-tile is-${level} ${alarm ? 'is-alarm' : ''}`} aria-label={queue.name}>
      <h2>
        <span>{queue.name}</span>
        {state ? <small>{state}</small> : null}
      </h2>
      <div className="q-wall-main">
        <p className="q-wall-big">
          <b style={{ fontSize: `min(46cqh, 22cqi, ${58 / String(load.waiting).length}cqi)` }}>{load.waiting}</b>
          <span>{t('wall.waiting')}</span>
        </p>
        <p className="q-wall-big q-wall-longest">
          <b style={{ fontSize: `min(34cqh, 17cqi, ${86 / longest.length}cqi)` }}>{longest}</b>
          <span>
            {waited === null ? t('wall.calm') : t('wall.longest')}
            {level === 'late' || level === 'near' ? <em> {t(level)}</em> : null}
          </span>
        </p>
      </div>
      <p className="q-wall-line">
        {alarm ? (
          <em>{t(alarm.kind === 'nobody-staffed' ? 'nobody' : 'wall.alarm')}</em>
        ) : (
          <>
            <span>
              {t('wall.available')} <b>{load.available}</b>/{load.present}
            </span>
            <span className={serviceLevel !== null && serviceLevel * 100 < service.percent ? 'is-low' : undefined}>
              {t('wall.service')} <b>{percent(serviceLevel) ?? '—'}</b>
            </span>
          </>
        )}
      </p>
    </section>
  )
}
