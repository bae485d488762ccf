import { Link } from '@tanstack/react-router'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { AcknowledgementsEditor } from './acknowledgements-editor.tsx'
import { acknowledgementsWords } from './acknowledgements-words.ts'
import { AnswersFrom } from './answers-from.tsx'
import { FieldsEditor } from './fields-editor.tsx'
import { formWords } from './form-words.ts'
import { leaveWords } from './leave-words.ts'
import type { SectionProps } from './section-props.ts'
import { TopicsEditor } from './topics-editor.tsx'

/** What a message that is left holds, and how it is answered. */
export function LeaveSection({ inbox, draft, problems, readOnly, onSettings }: SectionProps) {
  const a = useWords(acknowledgementsWords)
  const t = useWords(leaveWords)
  const f = useWords(formWords)
  const { offline } = draft.settings
  const change = (part: Partial<typeof offline>): void => onSettings({ offline: { ...offline, ...part } })
  return (
    <>
      <Section title={t('topics')} hint={t('topicsHint')}>
        <TopicsEditor topics={offline.topics} problems={problems} onChange={(topics) => change({ topics })} />
      </Section>
      <Section title={f('offlineFields')} hint={f('offlineFieldsHint')}>
        <FieldsEditor
          fields={offline.fields}
          path="offline.fields"
          problems={problems}
          onChange={(fields) => change({ fields })}
        />
        <SwitchField
          label={t('files')}
          hint={t('filesHint')}
          checked={offline.files}
          onChange={(files) => change({ files })}
        />
      </Section>
      <Section title={t('answers')} hint={t('answersHint')}>
        <AnswersFrom from={offline.answersFrom} onChange={(answersFrom) => change({ answersFrom })} />
        <SwitchField
          label={t('acknowledge')}
          hint={t('acknowledgeHint')}
          checked={offline.acknowledge}
          onChange={(acknowledge) => change({ acknowledge })}
        />
        {offline.acknowledge ? (
          <p className="q-quiet">
            <Link to={`/settings/inboxes/${inbox.id}/words`}>{t('editWords')}</Link>
          </p>
        ) : null}
      </Section>
      {offline.acknowledge ? (
        <Section title={a('title')}>
          <AcknowledgementsEditor draft={draft} problems={problems} readOnly={readOnly} onSettings={onSettings} />
        </Section>
      ) : null}
    </>
  )
}
