import { wrapUpModes } from '@qiao/protocol'
import { Link } from '@tanstack/react-router'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { RadioField } from '../../../shared/radio-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { careWords } from './care-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function WrapUpSection({ draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(careWords)
  const problem = useProblemWords(problems)
  const { wrapUp } = draft.settings
  const set = (part: Partial<typeof wrapUp>): void => onSettings({ wrapUp: { ...wrapUp, ...part } })
  return (
    <Section title={e('section.wrap-up')}>
      <RadioField
        label={t('wrapMode')}
        value={wrapUp.mode}
        onChange={(mode) => set({ mode })}
        options={wrapUpModes.map((mode) => ({ value: mode, label: t(`wrap.${mode}`), hint: t(`wrap.${mode}Hint`) }))}
      />
      {wrapUp.mode === 'timed' ? (
        <DurationField
          label={t('wrapSeconds')}
          error={problem('wrapUp.seconds')}
          value={wrapUp.seconds}
          min={5}
          max={3600}
          onChange={(seconds) => set({ seconds })}
        />
      ) : null}
      {wrapUp.mode === 'off' ? null : (
        <>
          <SwitchField
            label={t('needsDisposition')}
            hint={t('needsDispositionHint')}
            checked={wrapUp.needsDisposition}
            onChange={(needsDisposition) => set({ needsDisposition })}
          />
          <Link to="/settings/codes">{t('toCodes')}</Link>
        </>
      )}
    </Section>
  )
}
