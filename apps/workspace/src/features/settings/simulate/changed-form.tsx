import { type Queue, selectionPolicyNames } from '@qiao/protocol'
import { Collapse } from 'antd'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { DurationField } from '../parts/duration-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { ruleWords } from '../queues/rule-words.ts'
import { StepsSection } from '../queues/steps-section.tsx'
import type { Draft } from './draft.ts'
import { StaffingBars } from './staffing-bars.tsx'
import { words } from './words.ts'
import '../queues/queues.css'

interface Props {
  queue: Queue
  draft: Draft
  onChange: (changed: Draft['changed']) => void
}

const none = new Map<string, never>()
const orders = ['wait', 'deadline'] as const

/** Staffing and rules as they might be. */
export function ChangedForm({ queue, draft, onChange }: Props) {
  const t = useWords(words)
  const r = useWords(ruleWords)
  const { changed } = draft
  const { settings } = changed
  const set = (part: Partial<typeof settings>): void => onChange({ ...changed, settings: { ...settings, ...part } })
  const stepsDiffer = JSON.stringify(settings.steps) !== JSON.stringify(queue.settings.steps)
  return (
    <fieldset className="st-sim-side is-changed">
      <legend>{t('changed')}</legend>
      <StaffingBars
        label={t('staffingChanged')}
        values={changed.staffing}
        now={draft.staffing}
        onChange={(staffing) => onChange({ ...changed, staffing })}
      />
      <NumberField
        label={t('concurrency')}
        value={changed.concurrency}
        min={1}
        max={20}
        suffix={t('concurrencyUnit')}
        onChange={(concurrency) => onChange({ ...changed, concurrency })}
      />
      <div className="st-sim-fields">
        <ChoiceField
          label={t('selection')}
          value={settings.selection}
          onChange={(selection) => set({ selection })}
          options={selectionPolicyNames.map((name) => ({ value: name, label: r(`selection.${name}`) }))}
        />
        <ChoiceField
          label={t('by')}
          value={settings.order.by}
          onChange={(by) => set({ order: { ...settings.order, by } })}
          options={orders.map((by) => ({ value: by, label: r(`by.${by}`) }))}
        />
        <NumberField
          label={t('perMinute')}
          value={settings.order.perMinute}
          max={1000}
          fractions
          suffix={t('points')}
          onChange={(perMinute) => set({ order: { ...settings.order, perMinute } })}
        />
        <DurationField
          label={t('within')}
          value={settings.service.withinSeconds}
          min={1}
          max={86_400}
          onChange={(withinSeconds) => set({ service: { ...settings.service, withinSeconds } })}
        />
      </div>
      <Collapse
        size="small"
        items={[
          {
            key: 'steps',
            label: stepsDiffer ? `${t('steps')} · ${t('stepsChanged')}` : t('steps'),
            children: (
              <StepsSection
                queue={queue}
                draft={{ ...queue, settings: { ...queue.settings, ...settings } }}
                problems={none}
                readOnly={false}
                onChange={() => undefined}
                onSettings={({ steps }) => {
                  if (steps) set({ steps })
                }}
              />
            ),
          },
        ]}
      />
    </fieldset>
  )
}
