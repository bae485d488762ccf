import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChoiceField, ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useTeams } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { InboxFate } from './inbox-fate.tsx'
import { localeOptions } from './locale-names.ts'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { words } from './words.ts'

export function GeneralSection({ inbox, info, draft, problems, readOnly, onChange, onSettings }: SectionProps) {
  const t = useWords(words)
  const problem = useProblemWords(problems)
  const teams = useTeams()
  const calendars = useQuery(calendarsQuery).data ?? []
  return (
    <Section title={t('section.general')}>
      <TextField
        label={t('name')}
        hint={info ? t('nameHintChannel') : t('nameHint')}
        error={problem('name')}
        value={draft.name}
        maxLength={100}
        onChange={(name) => onChange({ name })}
      />
      <ChoicesField
        label={t('teams')}
        hint={t('teamsHint')}
        value={draft.teamIds}
        onChange={(teamIds) => onChange({ teamIds })}
        options={optionsOf(teams)}
      />
      <ChoiceField
        label={t('hours')}
        hint={draft.calendarId ? <Link to={`/settings/hours/${draft.calendarId}`}>{t('editHours')}</Link> : undefined}
        value={draft.calendarId ?? ''}
        onChange={(value) => onChange({ calendarId: value || null })}
        options={[{ value: '', label: t('always') }, ...optionsOf(calendars)]}
      />
      {info ? (
        <ChoiceField
          label={t('language')}
          hint={t('languageHint')}
          value={draft.settings.defaultLocale}
          onChange={(defaultLocale) => onSettings({ defaultLocale })}
          options={localeOptions()}
        />
      ) : null}
      {readOnly ? null : <InboxFate inbox={inbox} info={info} />}
    </Section>
  )
}
