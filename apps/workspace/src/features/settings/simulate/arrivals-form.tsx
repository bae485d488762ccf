import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { DurationField } from '../parts/duration-field.tsx'
import { RadioField } from '../../../shared/radio-field.tsx'
import { DayBars } from './day-bars.tsx'
import { type Draft, timeOf } from './draft.ts'
import { words } from './words.ts'

const sources = ['history', 'process'] as const

export function ArrivalsForm({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const t = useWords(words)
  const { patienceSeconds } = draft
  return (
    <Section title={t('arrivals')}>
      <RadioField
        label={t('from')}
        value={draft.from}
        onChange={(from) => onChange({ from })}
        options={sources.map((from) => ({ value: from, label: t(`from.${from}`), hint: t(`from.${from}Hint`) }))}
      />
      {draft.from === 'process' ? (
        <div className="st-sim-pair">
          <div className="q-field st-bars-field">
            <span className="q-field-label">{t('perHour')}</span>
            <DayBars
              label={t('perHour')}
              values={draft.perHour}
              atLeast={20}
              most={10_000}
              nameOf={(index, count) => t('hourOf', { time: timeOf(index, 60), count })}
              onChange={(perHour) => onChange({ perHour })}
            />
          </div>
          <div>
            <DurationField
              label={t('handle')}
              value={draft.handleSeconds}
              min={1}
              max={86_400}
              onChange={(handleSeconds) => onChange({ handleSeconds: Math.max(1, handleSeconds) })}
            />
            <SwitchField
              label={t('patient')}
              checked={patienceSeconds === null}
              onChange={(on) => onChange({ patienceSeconds: on ? null : 180 })}
            />
            {patienceSeconds === null ? null : (
              <DurationField
                label={t('patience')}
                value={patienceSeconds}
                min={1}
                max={86_400}
                onChange={(seconds) => onChange({ patienceSeconds: Math.max(1, seconds) })}
              />
            )}
          </div>
        </div>
      ) : null}
    </Section>
  )
}
