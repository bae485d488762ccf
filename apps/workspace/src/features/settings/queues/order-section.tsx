import { Button, Input, InputNumber } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { duration } from '../../../shared/time.ts'
import { NumberField } from '../parts/number-field.tsx'
import { RadioField } from '../../../shared/radio-field.tsx'
import { RemoveButton } from '../parts/row-buttons.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { FirstWordsSection } from './first-words-section.tsx'
import { ruleWords } from './rule-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

const orders = ['wait', 'deadline'] as const

export function OrderSection(props: SectionProps) {
  const { draft, problems, readOnly, onSettings } = props
  const e = useWords(words)
  const t = useWords(ruleWords)
  const problem = useProblemWords(problems)
  const { order, priorities } = draft.settings
  const replace = (index: number, part: Partial<(typeof priorities)[number]>): void => {
    const rule = priorities[index]
    if (rule) onSettings({ priorities: priorities.with(index, { ...rule, ...part }) })
  }
  const worth = (points: number): string =>
    t('compare', { points, time: duration((points / order.perMinute) * 60_000) })
  return (
    <>
      <Section title={e('section.order')}>
        <RadioField
          label={t('by')}
          value={order.by}
          onChange={(by) => onSettings({ order: { ...order, by } })}
          options={orders.map((by) => ({ value: by, label: t(`by.${by}`), hint: t(`by.${by}Hint`) }))}
        />
        <NumberField
          label={t('perMinute')}
          hint={t('perMinuteHint')}
          error={problem('order.perMinute')}
          value={order.perMinute}
          max={1000}
          fractions
          suffix={t('points')}
          onChange={(perMinute) => onSettings({ order: { ...order, perMinute } })}
        />
        <NumberField
          label={t('most')}
          hint={t('mostHint')}
          error={problem('order.most')}
          value={order.most}
          max={1_000_000}
          suffix={t('points')}
          onChange={(most) => onSettings({ order: { ...order, most } })}
        />
      </Section>
      <Section title={t('priorities')} hint={t('prioritiesHint')}>
        {priorities.length === 0 ? <p className="q-quiet">{t('noPriorities')}</p> : null}
        {priorities.map((rule, index) => {
          const nth = `${t('priority', { n: index + 1 })}: `
          return (
            <div key={index} className="st-row">
              <Input
                aria-label={nth + t('attribute')}
                placeholder="level"
                value={rule.attribute}
                maxLength={64}
                status={problem(`priorities.${index}.attribute`) ? 'error' : ''}
                onChange={(event) => replace(index, { attribute: event.target.value.trim() })}
              />
              <span className="q-quiet q-nowrap">{t('value')}</span>
              <Input
                aria-label={nth + t('value')}
                placeholder="vip"
                value={rule.value}
                maxLength={200}
                onChange={(event) => replace(index, { value: event.target.value })}
              />
              <InputNumber
                aria-label={nth + t('points')}
                value={rule.points}
                precision={0}
                suffix={t('points')}
                style={{ width: 120, flex: 'none' }}
                onChange={(points) => replace(index, { points: points ?? 0 })}
              />
              {readOnly ? null : (
                <RemoveButton
                  label={t('removePriority', { n: index + 1 })}
                  onClick={() => onSettings({ priorities: priorities.toSpliced(index, 1) })}
                />
              )}
            </div>
          )
        })}
        {order.by === 'wait' && order.perMinute > 0 && priorities[0] && priorities[0].points > 0 ? (
          <p className="q-field-hint">{worth(priorities[0].points)}</p>
        ) : null}
        <Button
          size="small"
          disabled={priorities.length >= 50}
          onClick={() => onSettings({ priorities: [...priorities, { attribute: 'level', value: 'vip', points: 100 }] })}
        >
          {t('addPriority')}
        </Button>
      </Section>
      <FirstWordsSection {...props} />
    </>
  )
}
