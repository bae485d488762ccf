import { surveyScales } from '@qiao/protocol'
import { Radio } from 'antd'
import { FormField, SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { chatWords } from './chat-words.ts'
import { DurationInput } from '../parts/duration-input.tsx'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'

export function ClosingSection({ info, draft, problems, onSettings }: SectionProps) {
  const t = useWords(chatWords)
  const problem = useProblemWords(problems)
  const { autoClose, reopenWithinMinutes } = draft.settings
  return (
    <>
      {info ? null : <SurveySection draft={draft} onSettings={onSettings} />}
      <Section title={t('reopen')}>
        <FormField label={t('reopenLabel')} hint={t('reopenHint')} error={problem('reopenWithinMinutes')}>
          {(control) => (
            <DurationInput
              control={control}
              label={t('reopenLabel')}
              value={reopenWithinMinutes}
              max={525_600}
              onChange={(value) => onSettings({ reopenWithinMinutes: value })}
            />
          )}
        </FormField>
      </Section>
      <Section title={t('auto')}>
        <SwitchField
          label={t('autoEnabled')}
          hint={t('autoHint')}
          checked={autoClose.enabled}
          onChange={(enabled) => onSettings({ autoClose: { ...autoClose, enabled } })}
        />
        {autoClose.enabled ? (
          <>
            <FormField label={t('warnAfter')} error={problem('autoClose.warnAfterMinutes')}>
              {(control) => (
                <DurationInput
                  control={control}
                  label={t('warnAfter')}
                  value={autoClose.warnAfterMinutes}
                  max={100_000}
                  onChange={(warnAfterMinutes) => onSettings({ autoClose: { ...autoClose, warnAfterMinutes } })}
                />
              )}
            </FormField>
            <FormField label={t('closeAfter')} error={problem('autoClose.closeAfterMinutes')}>
              {(control) => (
                <DurationInput
                  control={control}
                  label={t('closeAfter')}
                  value={autoClose.closeAfterMinutes}
                  max={100_000}
                  onChange={(closeAfterMinutes) => onSettings({ autoClose: { ...autoClose, closeAfterMinutes } })}
                />
              )}
            </FormField>
          </>
        ) : null}
      </Section>
    </>
  )
}

/** Asked in our own chat window. */
function SurveySection({ draft, onSettings }: Pick<SectionProps, 'draft' | 'onSettings'>) {
  const t = useWords(chatWords)
  const { survey } = draft.settings
  return (
    <Section title={t('survey')}>
      <SwitchField
        label={t('surveyEnabled')}
        hint={t('surveyHint')}
        checked={survey.enabled}
        onChange={(enabled) => onSettings({ survey: { ...survey, enabled } })}
      />
      {survey.enabled ? (
        <div className="q-field">
          <span className="q-field-label" id="st-scale">
            {t('scale')}
          </span>
          <Radio.Group
            aria-labelledby="st-scale"
            value={survey.scale}
            onChange={(event) => {
              const scale = surveyScales.find((one) => one === event.target.value)
              if (scale) onSettings({ survey: { ...survey, scale } })
            }}
            options={surveyScales.map((scale) => ({ value: scale, label: t(`scale.${scale}`) }))}
          />
        </div>
      ) : null}
    </Section>
  )
}
