import { WarningOutlined } from '@ant-design/icons'
import { alarmKinds } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { clockTime } from '../../shared/time.ts'
import type { QueueRow } from './queue-rows.ts'
import { words } from './words.ts'

interface Props {
  rows: readonly QueueRow[]
  onShow: (queueId: string) => void
}

/** Nobody waits forever unseen: what the router cannot help stands on top, in words. */
export function AlarmBar({ rows, onShow }: Props) {
  const t = useWords(words)
  const alarms = rows.flatMap(({ queue, load }) =>
    alarmKinds.flatMap((kind) => {
      const of = load.alarms.filter((alarm) => alarm.kind === kind)
      const since = of.map((alarm) => alarm.since).toSorted()[0]
      // That nobody is there concerns all who wait, and names only the first.
      return since ? [{ queue, kind, since, count: kind === 'nobody-staffed' ? load.waiting : of.length }] : []
    }),
  )
  return (
    <div role="status" aria-label={t('alarms')} className="q-board-alarms">
      {alarms.map(({ queue, kind, since, count }) => (
        <p key={`${queue.id} ${kind}`} className={kind === 'waits-too-long' ? 'is-warning' : undefined}>
          <WarningOutlined aria-hidden="true" />
          <span>{t(`alarm.${kind}`, { queue: queue.name, count, time: clockTime(since) })}</span>
          <Button size="small" onClick={() => onShow(queue.id)}>
            {t('alarm.show')}
          </Button>
        </p>
      ))}
    </div>
  )
}
