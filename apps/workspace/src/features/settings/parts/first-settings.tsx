import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ChoiceField, ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { useTeams } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { FormPanel } from './form-panel.tsx'
import { NameField } from './name-field.tsx'

export interface First {
  name: string
  teamIds: string[]
  calendarId: string | null
}
interface FirstSettingsProps {
  t: (key: 'newTitle' | 'create' | 'name' | 'namePlaceholder' | 'teams' | 'teamsHint' | 'hours' | 'always') => string
  create: (first: First) => Promise<void>
  onClose: () => void
}

/** The least that an inbox or a queue needs; everything else has a default and is seen in the editor that opens next. */
export function FirstSettings({ t, create, onClose }: FirstSettingsProps) {
  const teams = useTeams()
  const calendars = useQuery(calendarsQuery).data ?? []
  const [first, setFirst] = useState<First>({ name: '', teamIds: [], calendarId: null })
  const change = (part: Partial<First>): void => setFirst({ ...first, ...part })
  const creating = useMutation({ mutationFn: () => create(first) })
  return (
    <FormPanel
      title={t('newTitle')}
      saveLabel={t('create')}
      valid={first.name.trim() !== ''}
      saving={creating}
      onSave={creating.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <NameField t={t} tried={tried} value={first.name} onChange={(name) => change({ name })} />
          <ChoicesField
            label={t('teams')}
            hint={t('teamsHint')}
            value={first.teamIds}
            onChange={(teamIds) => change({ teamIds })}
            options={optionsOf(teams)}
          />
          <ChoiceField
            label={t('hours')}
            value={first.calendarId ?? ''}
            onChange={(calendarId) => change({ calendarId: calendarId || null })}
            options={[{ value: '', label: t('always') }, ...optionsOf(calendars)]}
          />
        </>
      )}
    </FormPanel>
  )
}
