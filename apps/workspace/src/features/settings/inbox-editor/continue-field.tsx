import { listChannels } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { call } from '../../../shared/api.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { chatWords } from './chat-words.ts'

interface ContinueFieldProps {
  value: readonly string[]
  error: string | null | undefined
  onChange: (inboxIds: string[]) => void
}

/** In which of the company's other channels visitors may go on: those that a link or a code leads into. */
export function ContinueField({ value, error, onChange }: ContinueFieldProps) {
  const t = useWords(chatWords)
  const inboxes = useInboxes()
  const { data: channels = [] } = useQuery({
    queryKey: ['channels', 'entrances'],
    queryFn: async ({ signal }) =>
      (await call(listChannels, {}, { signal })).channels.flatMap(({ id, entrances }) => (entrances ? [id] : [])),
    staleTime: Infinity,
  })
  const options = inboxes
    .filter(({ id, channel }) => channels.includes(channel) || value.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <FormField label={t('continueIn')} hint={t(options.length > 0 ? 'continueInHint' : 'continueInNone')} error={error}>
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          maxCount={10}
          value={[...value]}
          disabled={options.length === 0}
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={onChange}
        />
      )}
    </FormField>
  )
}
