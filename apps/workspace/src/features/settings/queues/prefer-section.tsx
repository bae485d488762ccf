import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { ruleWords } from './rule-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function PreferSection({ draft, problems, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(ruleWords)
  const problem = useProblemWords(problems)
  const { lastAgent, owner, namedAgent } = draft.settings
  return (
    <Section title={e('section.prefer')} hint={t('preferIntro')}>
      <SwitchField
        label={t('last')}
        hint={t('lastHint')}
        checked={lastAgent !== null}
        onChange={(on) => onSettings({ lastAgent: on ? { withinHours: 72, waitSeconds: 60 } : null })}
      />
      {lastAgent ? (
        <div className="st-under">
          <DurationField
            label={t('within')}
            error={problem('lastAgent.withinHours')}
            per="minutes"
            value={lastAgent.withinHours * 60}
            min={60}
            max={8760 * 60}
            onChange={(minutes) =>
              onSettings({ lastAgent: { ...lastAgent, withinHours: Math.max(1, Math.round(minutes / 60)) } })
            }
          />
          <DurationField
            label={t('waitFor')}
            error={problem('lastAgent.waitSeconds')}
            value={lastAgent.waitSeconds}
            max={86_400}
            onChange={(waitSeconds) => onSettings({ lastAgent: { ...lastAgent, waitSeconds } })}
          />
        </div>
      ) : null}
      <SwitchField
        label={t('owner')}
        hint={t('ownerHint')}
        checked={owner !== null}
        onChange={(on) => onSettings({ owner: on ? { waitSeconds: 120 } : null })}
      />
      {owner ? (
        <div className="st-under">
          <DurationField
            label={t('waitFor')}
            error={problem('owner.waitSeconds')}
            value={owner.waitSeconds}
            max={86_400}
            onChange={(waitSeconds) => onSettings({ owner: { waitSeconds } })}
          />
        </div>
      ) : null}
      <DurationField
        label={t('namedWait')}
        hint={t('namedHint')}
        error={problem('namedAgent.waitSeconds')}
        value={namedAgent.waitSeconds}
        max={86_400}
        onChange={(waitSeconds) => onSettings({ namedAgent: { waitSeconds } })}
      />
    </Section>
  )
}
