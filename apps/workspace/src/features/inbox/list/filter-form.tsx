import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { ListFilters } from '../../../shared/conversations/filters.ts'
import { tagsQuery } from '../../../shared/conversations/queries.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes, useTeams } from '../../../shared/staff.ts'
import { inboxWords } from '../words.ts'

interface FilterFormProps {
  filters: ListFilters
  onFilters: (change: Partial<ListFilters>) => void
}

const named = (items: readonly { id: string; name: string }[]) =>
  items.map(({ id, name }) => ({ value: id, label: name }))

export function FilterForm({ filters, onFilters }: FilterFormProps) {
  const t = useWords(inboxWords)
  const inboxes = useInboxes()
  const teams = useTeams()
  const tags = useQuery(tagsQuery).data ?? []
  const fields = [
    { name: 'inboxId', label: t('list.inbox'), options: named(inboxes) },
    { name: 'teamId', label: t('list.team'), options: named(teams) },
    { name: 'tag', label: t('list.tag'), options: tags.map(({ tag }) => ({ value: tag, label: tag })) },
  ] as const
  return (
    <div className="q-filter">
      {fields.map(({ name, label, options }) => (
        <label key={name} className="q-filter-field">
          <span>{label}</span>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('list.any')}
            options={[...options]}
            value={filters[name]}
            onChange={(value: string | undefined) => onFilters({ [name]: value })}
          />
        </label>
      ))}
      <Button onClick={() => onFilters({ inboxId: undefined, teamId: undefined, tag: undefined })}>
        {t('list.clearFilter')}
      </Button>
    </div>
  )
}
