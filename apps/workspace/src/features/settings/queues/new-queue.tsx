import { createQueue, queueSettings } from '@qiao/protocol'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { ChoiceField, ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useTeams } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** The least that a queue needs; everything else has a default and is seen in the editor that opens next. */
export function NewQueue({ onClose }: { onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const teams = useTeams()
  const calendars = useQuery(calendarsQuery).data ?? []
  const refresh = useRefreshRouting()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [teamIds, setTeamIds] = useState<string[]>([])
  const [calendarId, setCalendarId] = useState('')
  const create = useMutation({
    mutationFn: () => {
      const groups = teamIds.length > 0 ? [{ teamIds, agentIds: [], afterSeconds: 0 }] : []
      return call(createQueue, {
        body: { name, calendarId: calendarId || null, settings: { ...queueSettings.parse({}), groups } },
      })
    },
    onSuccess: async (queue) => {
      await refresh()
      await navigate({ href: `/settings/queues/${queue.id}` })
    },
  })
  const missing = name.trim() === ''
  return (
    <FormPanel
      title={t('newTitle')}
      saveLabel={t('create')}
      valid={!missing}
      saving={create}
      onSave={create.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label={t('name')}
            error={tried && missing ? s('problem.missing') : null}
            value={name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={setName}
          />
          <ChoicesField
            label={t('teams')}
            hint={t('teamsHint')}
            value={teamIds}
            onChange={setTeamIds}
            options={optionsOf(teams)}
          />
          <ChoiceField
            label={t('hours')}
            value={calendarId}
            onChange={setCalendarId}
            options={[{ value: '', label: t('always') }, ...optionsOf(calendars)]}
          />
        </>
      )}
    </FormPanel>
  )
}
