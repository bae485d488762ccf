import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useInboxes } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { QueueFate } from './queue-fate.tsx'
import { inboxesOf } from './inboxes-of.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function GeneralSection({ queue, draft, problems, readOnly, onChange }: SectionProps) {
  const t = useWords(words)
  const problem = useProblemWords(problems)
  const calendars = useQuery(calendarsQuery).data ?? []
  const users = inboxesOf(queue.id, useInboxes())
  return (
    <Section title={t('section.general')}>
      <TextField
        label={t('name')}
        error={problem('name')}
        value={draft.name}
        maxLength={100}
        placeholder={t('namePlaceholder')}
        onChange={(name) => onChange({ name })}
      />
      <ChoiceField
        label={t('hours')}
        hint={
          <>
            {t('hoursHint')}{' '}
            {draft.calendarId ? <Link to={`/settings/hours/${draft.calendarId}`}>{t('editHours')}</Link> : null}
          </>
        }
        value={draft.calendarId ?? ''}
        onChange={(value) => onChange({ calendarId: value || null })}
        options={[{ value: '', label: t('always') }, ...optionsOf(calendars)]}
      />
      <p className="q-quiet">
        {users.length > 0 ? t('usedBy', { inboxes: joined(users.map((inbox) => inbox.name)) }) : t('usedByNone')}{' '}
        <Link to="/settings/inboxes">{t('toInboxes')}</Link>
      </p>
      {readOnly ? null : <QueueFate queue={queue} />}
    </Section>
  )
}
