import { createInbox } from '@qiao/protocol'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Input, Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { useTeams } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** The least that a chat needs; everything else has a default and is seen in the editor that opens next. */
export function NewInbox({ onClose }: { onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const teams = useTeams()
  const calendars = useQuery(calendarsQuery)
  const refresh = useRefreshStaff()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [teamIds, setTeamIds] = useState<string[]>([])
  const [calendarId, setCalendarId] = useState<string>('')
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: () =>
      call(createInbox, {
        body: { name, teamIds, calendarId: calendarId || null, settings: { defaultLocale: currentLanguage() } },
      }),
    onSuccess: async (inbox) => {
      await refresh()
      await navigate({ href: `/settings/inboxes/${inbox.id}` })
    },
  })
  const missing = name.trim() === ''
  return (
    <SidePanel
      title={t('newTitle')}
      open
      saving={create.isPending}
      saveLabel={t('create')}
      onSave={() => {
        setTried(true)
        if (!missing) create.mutate()
      }}
      onClose={onClose}
    >
      {create.isError ? (
        <Alert type="error" role="alert" showIcon title={explain(create.error)} style={{ marginBlockEnd: 16 }} />
      ) : null}
      <FormField label={t('name')} error={tried && missing ? s('problem.missing') : null}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('teams')} hint={t('teamsHint')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={teamIds}
            onChange={setTeamIds}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
      </FormField>
      <FormField label={t('hours')}>
        {({ id }) => (
          <Select
            id={id}
            value={calendarId}
            onChange={setCalendarId}
            options={[
              { value: '', label: t('always') },
              ...(calendars.data ?? []).map((calendar) => ({ value: calendar.id, label: calendar.name })),
            ]}
          />
        )}
      </FormField>
    </SidePanel>
  )
}
