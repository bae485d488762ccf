import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useTeams } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { InboxFate } from './inbox-fate.tsx'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from './use-problem-words.ts'
import { words } from './words.ts'

export function GeneralSection({ inbox, draft, problems, readOnly, onChange }: SectionProps) {
  const t = useWords(words)
  const problem = useProblemWords(problems)
  const teams = useTeams()
  const calendars = useQuery(calendarsQuery).data ?? []
  return (
    <Section title={t('section.general')}>
      <FormField label={t('name')} hint={t('nameHint')} error={problem('name')}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={100}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('teams')} hint={t('teamsHint')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={draft.teamIds}
            onChange={(teamIds) => onChange({ teamIds })}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
      </FormField>
      <FormField
        label={t('hours')}
        hint={draft.calendarId ? <Link to={`/settings/hours/${draft.calendarId}`}>{t('editHours')}</Link> : undefined}
      >
        {({ id }) => (
          <Select
            id={id}
            value={draft.calendarId ?? ''}
            onChange={(value) => onChange({ calendarId: value || null })}
            options={[
              { value: '', label: t('always') },
              ...calendars.map((calendar) => ({ value: calendar.id, label: calendar.name })),
            ]}
          />
        )}
      </FormField>
      {readOnly ? null : <InboxFate inbox={inbox} />}
    </Section>
  )
}
