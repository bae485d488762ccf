import type { QueueSettings } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { moved } from '../inbox-editor/form-fields.ts'
import { ruleWords } from './rule-words.ts'
import type { SectionProps } from './section-props.ts'
import { StepEditor } from './step-editor.tsx'
import { words } from './words.ts'

/** How long after joining each step begins. */
const begins = (steps: QueueSettings['steps'], index: number): number =>
  steps.slice(0, index).reduce((seconds, step) => seconds + step.seconds, 0)

export function StepsSection({ draft, problems, readOnly, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(ruleWords)
  const skills = useQuery(routingSettingsQuery).data?.skills
  const { steps, groups } = draft.settings
  const set = (next: QueueSettings['steps']): void => onSettings({ steps: next })
  return (
    <Section title={e('section.steps')} hint={t('stepsHint')}>
      {skills?.length === 0 ? (
        <p className="q-note">
          {t('noSkills')} <Link to="/settings/skills">{t('toSkills')}</Link>
        </p>
      ) : null}
      {steps.length === 0 ? <p className="q-quiet">{t('noSteps')}</p> : null}
      <ol className="st-steps">
        {steps.map((step, index) => (
          <StepEditor
            key={index}
            step={step}
            index={index}
            count={steps.length}
            from={begins(steps, index)}
            groups={groups}
            problems={problems}
            readOnly={readOnly}
            onChange={(next) => set(steps.with(index, next))}
            onMove={(to) => set(moved(steps, index, to))}
            onRemove={() => set(steps.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <Button
        size="small"
        disabled={steps.length >= 10}
        onClick={() => set([...steps, { needs: [], language: false, seconds: 30 }])}
      >
        {t('addStep')}
      </Button>
    </Section>
  )
}
