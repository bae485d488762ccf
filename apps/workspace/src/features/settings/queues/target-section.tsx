import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { duration } from '../../../shared/time.ts'
import { DurationField } from '../parts/duration-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { careWords } from './care-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function TargetSection({ draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(careWords)
  const problem = useProblemWords(problems)
  const { service } = draft.settings
  const set = (part: Partial<typeof service>): void => onSettings({ service: { ...service, ...part } })
  return (
    <Section title={e('section.target')} hint={t('targetHint')}>
      <NumberField
        label={t('percent')}
        error={problem('service.percent')}
        value={service.percent}
        min={1}
        max={100}
        suffix="%"
        onChange={(percent) => set({ percent })}
      />
      <DurationField
        label={t('within')}
        error={problem('service.withinSeconds')}
        value={service.withinSeconds}
        min={1}
        max={86_400}
        onChange={(withinSeconds) => set({ withinSeconds })}
      />
      <p className="q-note">
        {t('targetRead', { percent: service.percent, time: duration(service.withinSeconds * 1000) })}
      </p>
      <DurationField
        label={t('short')}
        hint={t('shortHint')}
        error={problem('service.shortAbandonSeconds')}
        value={service.shortAbandonSeconds}
        max={600}
        onChange={(shortAbandonSeconds) => set({ shortAbandonSeconds })}
      />
    </Section>
  )
}
