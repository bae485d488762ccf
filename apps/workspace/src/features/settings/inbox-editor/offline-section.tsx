import { Link } from '@tanstack/react-router'
import { Radio } from 'antd'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { formWords } from './form-words.ts'
import { LeaveSection } from './leave-section.tsx'
import { leaveWords } from './leave-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

const modes = ['form', 'chat', 'closed'] as const

export function OfflineSection(props: SectionProps) {
  const { inbox, draft, onSettings } = props
  const e = useWords(words)
  const t = useWords(formWords)
  const l = useWords(leaveWords)
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
        <SwitchField
          label={l('always')}
          hint={l('alwaysHint')}
          checked={offline.always}
          onChange={(always) => onSettings({ offline: { ...offline, always } })}
        />
      </Section>
      <LeaveSection {...props} />
    </>
  )
}
