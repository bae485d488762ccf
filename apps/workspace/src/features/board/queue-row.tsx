import { RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { rangeText } from './numbers.ts'
import { Longest, Opens, QueueTags, ServiceLevel, asaText } from './queue-cells.tsx'
import type { QueueRow } from './queue-rows.ts'
import { useSupervision } from './use-supervision.ts'
import { WorkList } from './work-list.tsx'
import type { Counted } from './work-query.ts'
import { percent } from './numbers.ts'
import { words } from './words.ts'

const columnCount = 11

interface Props {
  row: QueueRow
  /** What of it is unfolded. */
  open: Counted | null
  onOpen: (what: Counted | null) => void
  onStaff: () => void
}

export function QueueRowView({ row, open, onOpen, onStaff }: Props) {
  const t = useWords(words)
  const { pause } = useSupervision()
  const { queue, load } = row
  const { name } = queue
  const { today } = load
  const abandoned = today.abandoned - today.shortAbandoned
  const opens = (what: Counted) => ({ on: open === what, onClick: () => onOpen(open === what ? null : what) })
  const asa = asaText(today.asaSeconds) ?? t('unknown')
  return (
    <>
      <tr className={open ? 'is-open' : undefined}>
        <th scope="row">
          <div className="q-board-name">
            <Button
              type="text"
              size="small"
              data-row
              icon={<RightOutlined rotate={open ? 90 : 0} />}
              aria-expanded={open !== null}
              aria-label={t(open ? 'collapse' : 'expand', { name })}
              onClick={() => onOpen(open ? null : 'waiting')}
            />
            <span className="q-board-title" title={name}>
              {name}
            </span>
            <QueueTags row={row} />
          </div>
        </th>
        <td className="is-number">
          <Opens label={t('showWaiting', { queue: name, count: load.waiting })} {...opens('waiting')}>
            <b>{load.waiting}</b>
          </Opens>
        </td>
        <td className="is-number">
          <Opens after={t('showLongest', { queue: name })} {...opens('waiting')}>
            <Longest row={row} />
          </Opens>
        </td>
        <td className="is-number">
          <Opens label={t('showOffered', { queue: name, count: load.offered })} {...opens('offered')}>
            {load.offered}
          </Opens>
        </td>
        <td className="is-number">
          <Opens label={t('showHeld', { queue: name, count: load.held })} {...opens('held')}>
            {load.held}
          </Opens>
        </td>
        <td className="is-number">
          <Opens
            label={t('showStaff', { queue: name, available: load.available, present: load.present })}
            on={false}
            onClick={onStaff}
          >
            {load.available} <span className="q-quiet">/ {load.present}</span>
          </Opens>
        </td>
        <td className="is-number">
          {load.wait ? rangeText(t, load.wait) : <span title={t('unknownWait')}>{t('unknown')}</span>}
        </td>
        <td className="is-number">
          <Opens
            label={t('showAnswered', { queue: name, value: percent(today.serviceLevel) ?? t('unknown') })}
            {...opens('answered')}
          >
            <ServiceLevel row={row} />
          </Opens>
        </td>
        <td className="is-number">
          <Opens label={t('showAsa', { queue: name, value: asa })} {...opens('answered')}>
            {asa}
          </Opens>
        </td>
        <td className="is-number">
          <Opens label={t('showAbandoned', { queue: name, count: abandoned })} {...opens('abandoned')}>
            {abandoned}
          </Opens>
        </td>
        <td className="is-end">
          <Button
            size="small"
            aria-label={t(load.paused ? 'resumeOf' : 'pauseOf', { queue: name })}
            onClick={() => pause(queue, !load.paused)}
          >
            {t(load.paused ? 'resume' : 'pause')}
          </Button>
        </td>
      </tr>
      {open ? (
        <tr className="q-board-inner">
          <td colSpan={columnCount}>
            <WorkList row={row} what={open} onWhat={onOpen} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
