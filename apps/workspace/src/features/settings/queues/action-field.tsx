import type { OverflowAction } from '@qiao/protocol'
import { Select } from 'antd'
import { optionsOf } from '../../../shared/choice-field.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useQueues } from '../../../shared/staff.ts'
import { careWords } from './care-words.ts'

export const actionKinds = ['wait', 'queue', 'message', 'callback', 'bot', 'closed'] as const

interface Props {
  label: string
  /** The queue that is edited: nobody is moved from it to itself. */
  queueId: string
  value: OverflowAction
  onChange: (action: OverflowAction) => void
}

/** What is done with whom the queue cannot serve. */
export function ActionField({ label, queueId, value, onChange }: Props) {
  const t = useWords(careWords)
  const others = useQueues().filter((queue) => queue.id !== queueId)
  const choose = (to: OverflowAction['to']): void => {
    const [first] = others
    if (to !== 'queue') onChange({ to })
    else if (first) onChange({ to, queueId: first.id })
  }
  return (
    <FormField label={label} hint={others.length === 0 ? t('noOtherQueue') : undefined}>
      {({ id }) => (
        <div className="st-row">
          <Select
            id={id}
            value={value.to}
            style={{ width: 240, flex: 'none' }}
            onChange={choose}
            options={actionKinds.map((to) => ({
              value: to,
              label: t(`to.${to}`),
              disabled: to === 'queue' && others.length === 0,
            }))}
          />
          {value.to === 'queue' ? (
            <Select
              aria-label={`${label}: ${t('otherQueue')}`}
              value={value.queueId}
              showSearch={{ optionFilterProp: 'label' }}
              style={{ flex: 1, minWidth: 0 }}
              onChange={(next) => onChange({ to: 'queue', queueId: next })}
              options={optionsOf(others)}
            />
          ) : null}
        </div>
      )}
    </FormField>
  )
}
