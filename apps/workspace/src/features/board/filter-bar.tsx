import { SearchOutlined } from '@ant-design/icons'
import type { Queue, RoutingStateName, Team } from '@qiao/protocol'
import { Input, type InputRef, Select } from 'antd'
import { useRef } from 'react'
import { optionsOf } from '../../shared/choice-field.tsx'
import { useCommands } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

export interface Filters {
  teamId: string
  queueId: string
  state: RoutingStateName | 'all'
  search: string
}
export const noFilters: Filters = { teamId: '', queueId: '', state: 'all', search: '' }

interface Props {
  filters: Filters
  queues: Queue[]
  teams: Team[]
  onChange: (part: Partial<Filters>) => void
}

export function FilterBar({ filters, queues, teams, onChange }: Props) {
  const t = useWords(words)
  const box = useRef<InputRef>(null)
  useCommands([
    { id: 'board-search', title: t('key.search'), group: t('group'), keys: '/', run: () => box.current?.focus() },
  ])
  return (
    <div className="q-board-filters" role="search" aria-label={t('filters')}>
      <Select
        aria-label={t('filter.team')}
        value={filters.teamId}
        style={{ width: 180 }}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(teamId) => onChange({ teamId })}
        options={[{ value: '', label: t('filter.team') }, ...optionsOf(teams)]}
      />
      <Select
        aria-label={t('filter.queue')}
        value={filters.queueId}
        style={{ width: 200 }}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(queueId) => onChange({ queueId })}
        options={[{ value: '', label: t('filter.queue') }, ...optionsOf(queues)]}
      />
      <Input
        ref={box}
        allowClear
        prefix={<SearchOutlined aria-hidden="true" />}
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        value={filters.search}
        style={{ width: 200 }}
        onChange={(event) => onChange({ search: event.target.value })}
      />
    </div>
  )
}
