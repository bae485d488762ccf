import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { careWords } from './care-words.ts'
import { HookSecret } from './hook-secret.tsx'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

export function HookSection({ queue, draft, problems, readOnly, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(careWords)
  const problem = useProblemWords(problems)
  const { hook } = draft.settings
  return (
    <>
      <Section title={e('section.hook')} hint={t('hookHint')}>
        <SwitchField
          label={t('hookOn')}
          checked={hook !== null}
          onChange={(on) => onSettings({ hook: on ? { url: 'https://', milliseconds: 1000 } : null })}
        />
        {hook ? (
          <>
            <TextField
              label={t('hookUrl')}
              error={problem('hook.url')}
              type="url"
              value={hook.url}
              onChange={(url) => onSettings({ hook: { ...hook, url: url.trim() } })}
            />
            <NumberField
              label={t('hookTime')}
              error={problem('hook.milliseconds')}
              value={hook.milliseconds}
              min={100}
              max={5000}
              step={100}
              suffix={t('milliseconds')}
              onChange={(milliseconds) => onSettings({ hook: { ...hook, milliseconds } })}
            />
          </>
        ) : null}
      </Section>
      {hook && !readOnly ? <HookSecret queueId={queue.id} /> : null}
    </>
  )
}
