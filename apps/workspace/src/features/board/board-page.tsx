import { FullscreenOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCommands } from '../../shared/commands.ts'
import { EmptyState } from '../../shared/empty-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { Load } from '../../shared/load.tsx'
import { connectionStore } from '../../shared/realtime/realtime.ts'
import { useCan } from '../../shared/session.ts'
import { routingSettingsQuery } from '../../shared/staff.ts'
import { useStore } from '../../shared/store.ts'
import { clockTime } from '../../shared/time.ts'
import { Tip } from '../../shared/tip.tsx'
import { BoardTables } from './board-tables.tsx'
import { enterFullScreen } from './full-screen.ts'
import { useBoard } from './use-board.ts'
import { words } from './words.ts'
import '../../shared/page-frame.css'
import './board.css'

export function BoardPage() {
  const t = useWords(words)
  const navigate = useNavigate()
  const manage = useCan('routing.manage')
  const settings = useQuery(routingSettingsQuery)
  const board = useBoard()
  const connection = useStore(connectionStore)
  const openWall = (): void => {
    void enterFullScreen()
    void navigate({ href: '/board/wall' })
  }
  useCommands([{ id: 'board-wall', title: t('key.wall'), group: t('group'), keys: 'w', run: openWall }])
  const both = {
    data: settings.data && board.data ? { settings: settings.data, board: board.data } : undefined,
    isError: settings.isError || board.isError,
    error: settings.error ?? board.error,
    refetch: () => Promise.all([settings.refetch(), board.refetch()]),
  }
  return (
    <main className="q-board">
      <title>{`${t('title')} · Qiao`}</title>
      <header className="q-board-head">
        <h1>{t('title')}</h1>
        {connection === 'lost' && board.data ? (
          <span className="q-state-warn">{t('asOf', { time: clockTime(board.data.at) })}</span>
        ) : null}
        <span className="q-board-space" />
        <Tip title={t('wallHint')} keys="w">
          <Button icon={<FullscreenOutlined />} onClick={openWall}>
            {t('wall')}
          </Button>
        </Tip>
      </header>
      <Load query={both}>
        {(data) =>
          data.settings.queues.length === 0 || data.board.queues.length === 0 ? (
            <EmptyState
              title={t('noQueues')}
              hint={t(manage ? 'noQueuesHint' : 'noQueuesLead')}
              action={manage ? <Link to="/settings/queues">{t('toQueues')}</Link> : null}
            />
          ) : (
            <BoardTables settings={data.settings} board={data.board} />
          )
        }
      </Load>
    </main>
  )
}
