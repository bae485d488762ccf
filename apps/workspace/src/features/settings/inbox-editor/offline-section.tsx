import { Link } from '@tanstack/react-router'
import { Radio } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { FieldsEditor } from './fields-editor.tsx'
import { formWords } from './form-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

const modes = ['form', 'chat', 'closed'] as const

export function OfflineSection({ inbox, draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(formWords)
  const { offline } = draft.settings
  return (
    <>
      <Section title={e('section.offline')}>
        {draft.calendarId ? null : (
          <p className="q-note">
            {t('noHours')} <Link to={`/settings/inboxes/${inbox.id}/general`}>{t('chooseHours')}</Link>
          </p>
        )}
        <div className="q-field">
          <span className="q-field-label" id="st-offline">
            {t('mode')}
          </span>
          <Radio.Group
            vertical
            aria-labelledby="st-offline"
            value={offline.mode}
            onChange={(event) => {
              const mode = modes.find((one) => one === event.target.value)
              if (mode) onSettings({ offline: { ...offline, mode } })
            }}
            options={modes.map((mode) => ({
              value: mode,
              label: (
                <>
                  {t(`mode.${mode}`)}
                  <span className="q-field-hint"> · {t(`mode.${mode}Hint`)}</span>
                </>
              ),
            }))}
          />
        </div>
      </Section>
      {offline.mode === 'form' ? (
        <Section title={t('offlineFields')} hint={t('offlineFieldsHint')}>
          <FieldsEditor
            fields={offline.fields}
            path="offline.fields"
            problems={problems}
            onChange={(fields) => onSettings({ offline: { ...offline, fields } })}
          />
        </Section>
      ) : null}
    </>
  )
}
