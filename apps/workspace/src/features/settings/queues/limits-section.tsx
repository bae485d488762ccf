import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { ActionField } from './action-field.tsx'
import { careWords } from './care-words.ts'
import { ChainView } from './chain-view.tsx'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function LimitsSection({ queue, draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(careWords)
  const problem = useProblemWords(problems)
  const { limits, overflow, customerGraceSeconds } = draft.settings
  const setLimits = (part: Partial<typeof limits>): void => onSettings({ limits: { ...limits, ...part } })
  const setOverflow = (part: Partial<typeof overflow>): void => onSettings({ overflow: { ...overflow, ...part } })
  return (
    <div className="st-beside">
      <Section title={e('section.limits')}>
        <ActionField
          label={t('whenClosed')}
          queueId={queue.id}
          value={overflow.whenClosed}
          onChange={(whenClosed) => setOverflow({ whenClosed })}
        />
        <SwitchField
          label={t('limitLength')}
          checked={limits.length !== null}
          onChange={(on) => setLimits({ length: on ? 30 : null })}
        />
        {limits.length === null ? null : (
          <div className="st-under">
            <NumberField
              label={t('lengthMost')}
              error={problem('limits.length')}
              value={limits.length}
              max={100_000}
              suffix={t('people')}
              onChange={(length) => setLimits({ length })}
            />
            <ActionField
              label={t('whenFull')}
              queueId={queue.id}
              value={overflow.whenFull}
              onChange={(whenFull) => setOverflow({ whenFull })}
            />
          </div>
        )}
        <SwitchField
          label={t('limitWait')}
          checked={limits.waitSeconds !== null}
          onChange={(on) => setLimits({ waitSeconds: on ? 600 : null })}
        />
        {limits.waitSeconds === null ? null : (
          <div className="st-under">
            <DurationField
              label={t('waitMost')}
              error={problem('limits.waitSeconds')}
              value={limits.waitSeconds}
              max={604_800}
              onChange={(waitSeconds) => setLimits({ waitSeconds })}
            />
            <ActionField
              label={t('whenLong')}
              queueId={queue.id}
              value={overflow.whenLong}
              onChange={(whenLong) => setOverflow({ whenLong })}
            />
          </div>
        )}
        <DurationField
          label={t('customerGrace')}
          hint={t('customerGraceHint')}
          error={problem('customerGraceSeconds')}
          value={customerGraceSeconds}
          max={86_400}
          onChange={(seconds) => onSettings({ customerGraceSeconds: seconds })}
        />
      </Section>
      <ChainView draft={draft} />
    </div>
  )
}
