import { routingStates } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { Load } from '../../shared/load.tsx'
import { useStaffNames, routingSettingsQuery } from '../../shared/staff.ts'
import { clockTime } from '../../shared/time.ts'
import { agentRowsOf, everyReason } from './agent-rows.ts'
import { leaveFullScreen } from './full-screen.ts'
import { rowsOf } from './queue-rows.ts'
import { useSecond } from './timer.tsx'
import { useBoard } from './use-board.ts'
import { useStayAwake } from './use-stay-awake.ts'
import { WallTile } from './wall-tile.tsx'
import { wallColumns } from './wall-columns.ts'
import { words } from './words.ts'
import './wall.css'

/** For a display on the wall: all of it in sight, large, dark, without anything to press. Esc leaves. */
export function WallPage() {
  const t = useWords(words)
  const navigate = useNavigate()
  const board = useBoard()
  const settings = useQuery(routingSettingsQuery)
  const { agents } = useStaffNames()
  const now = useSecond()
  useStayAwake()
  useEffect(() => {
    const leave = (): void => void navigate({ href: '/board' })
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave()
    }
    // A browser in full screen keeps the key for itself and only tells that it left.
    let filled = document.fullscreenElement !== null
    const onChange = (): void => {
      if (filled && !document.fullscreenElement) leave()
      filled ||= document.fullscreenElement !== null
    }
    addEventListener('keydown', onKey)
    document.addEventListener('fullscreenchange', onChange)
    return () => {
      removeEventListener('keydown', onKey)
      document.removeEventListener('fullscreenchange', onChange)
      void leaveFullScreen()
    }
  }, [navigate])
  const both = {
    data: settings.data && board.data ? { settings: settings.data, board: board.data } : undefined,
    isError: settings.isError || board.isError,
    error: settings.error ?? board.error,
    refetch: () => Promise.all([settings.refetch(), board.refetch()]),
  }
  return (
    <main className="q-wall">
      <title>{`${t('title')} · Qiao`}</title>
      <Load query={both}>
        {(data) => {
          const rows = rowsOf(data.settings.queues, data.board.queues)
          const people = agentRowsOf(data.board.agents, {
            agents,
            profiles: data.settings.agents,
            reasons: everyReason(data.settings),
          })
          return (
            <>
              <header className="q-wall-head">
                <h1>{t('title')}</h1>
                <p className="q-wall-hint">{t('wall.leave')}</p>
                <time>{clockTime(now)}</time>
              </header>
              <div
                className="q-wall-tiles"
                style={{ gridTemplateColumns: `repeat(${wallColumns(rows.length)}, minmax(0, 1fr))` }}
              >
                {rows.map((row) => (
                  <WallTile key={row.queue.id} row={row} />
                ))}
              </div>
              <footer className="q-wall-foot" aria-label={t('agents')}>
                {routingStates.map((state) => (
                  <span key={state} className={`is-${state}`}>
                    {t(`state.${state}`)} <b>{people.filter((row) => row.state.state === state).length}</b>
                  </span>
                ))}
              </footer>
            </>
          )
        }}
      </Load>
    </main>
  )
}
