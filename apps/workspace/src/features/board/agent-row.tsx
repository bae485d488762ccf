import { RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Avatar } from '../../shared/avatar.tsx'
import { useChannelName } from '../../shared/channel-words.ts'
import { useWords } from '../../shared/i18n.ts'
import { type AgentRow, holdingOf } from './agent-rows.ts'
import { CapacityBar } from './capacity-bar.tsx'
import { HeldList } from './held-list.tsx'
import { StateMenu } from './state-menu.tsx'
import { StateView } from './state-view.tsx'
import { words } from './words.ts'

const columnCount = 6

interface Props {
  row: AgentRow
  open: boolean
  onOpen: (open: boolean) => void
}

export function AgentRowView({ row, open, onOpen }: Props) {
  const t = useWords(words)
  const channelName = useChannelName()
  const { agent, state, number } = row
  const { channels, ringing, wrapping, silent } = holdingOf(state.held)
  const chips = [
    ...channels.map(([channel, count]) => `${channelName(channel)} ${count}`),
    ...(ringing > 0 ? [t('ringing', { count: ringing })] : []),
    ...(wrapping > 0 ? [t('wrapping', { count: wrapping })] : []),
    ...(silent > 0 ? [t('silentCount', { count: silent })] : []),
  ]
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
              aria-expanded={open}
              aria-label={t(open ? 'collapse' : 'expand', { name: agent.name })}
              onClick={() => onOpen(!open)}
            />
            <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={24} online={state.present} />
            <span className="q-board-title" title={agent.name}>
              {agent.name}
            </span>
          </div>
        </th>
        <td className="q-tabular q-quiet">{number}</td>
        <td>
          <StateView row={row} />
        </td>
        <td>
          {chips.length === 0 ? (
            <span className="q-quiet">{t('idle')}</span>
          ) : (
            <span className="q-board-chips">
              {chips.map((chip) => (
                <span key={chip} className="q-board-tag">
                  {chip}
                </span>
              ))}
            </span>
          )}
        </td>
        <td>
          <CapacityBar used={state.unitsUsed} all={state.units} />
        </td>
        <td className="is-end">
          <StateMenu row={row} />
        </td>
      </tr>
      {open ? (
        <tr className="q-board-inner">
          <td colSpan={columnCount}>
            <HeldList row={row} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
