import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { routingWords } from './routing-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

/** Where its conversations wait. */
export function RoutingSection({ inbox, info, draft, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(routingWords)
  const known = useQuery(routingSettingsQuery).data?.queues
  const queues = known ?? []
  const { routing, preChat } = draft.settings
  const { queueId } = routing
  const named = (id: string | null) =>
    id && known && !queues.some((queue) => queue.id === id) ? [{ value: id, label: t('gone') }] : []
  const queueOf = (teamId: string): string =>
    routing.departments.find((department) => department.teamId === teamId)?.queueId ?? ''
  const setDepartment = (teamId: string, next: string): void => {
    const others = routing.departments.filter((department) => department.teamId !== teamId)
    onSettings({ routing: { ...routing, departments: next ? [...others, { teamId, queueId: next }] : others } })
  }
  return (
    <>
      <Section title={e('section.routing')}>
        {known?.length === 0 ? (
          <p className="q-note">
            {t('noQueues')} <Link to="/settings/queues">{t('newQueue')}</Link>
          </p>
        ) : null}
        <ChoiceField
          label={t('queue')}
          hint={
            <>
              {t('queueHint')} {queueId ? <Link to={`/settings/queues/${queueId}`}>{t('editQueue')}</Link> : null}
            </>
          }
          value={queueId ?? ''}
          onChange={(value) => onSettings({ routing: { ...routing, queueId: value || null } })}
          options={[{ value: '', label: t('byHand') }, ...optionsOf(queues), ...named(queueId)]}
        />
      </Section>
      {info ? null : (
        <Section title={t('departments')} hint={t('departmentsHint')}>
          {preChat.departments.length === 0 ? (
            <p className="q-quiet">
              {t('noDepartments')} <Link to={`/settings/inboxes/${inbox.id}/pre-chat`}>{t('addDepartments')}</Link>
            </p>
          ) : null}
          {preChat.departments.map(({ teamId, label }) => (
            <ChoiceField
              key={teamId}
              label={t('department', { label })}
              value={queueOf(teamId)}
              onChange={(value) => setDepartment(teamId, value)}
              options={[{ value: '', label: t('same') }, ...optionsOf(queues), ...named(queueOf(teamId))]}
            />
          ))}
        </Section>
      )}
    </>
  )
}
