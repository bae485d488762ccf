import type { QueueSettings } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { routingSettingsQuery, useAgents } from '../../../shared/staff.ts'
import { duration } from '../../../shared/time.ts'
import { DurationField } from '../parts/duration-field.tsx'
import type { Problems } from '../parts/problems.ts'
import { MoveButtons, RemoveButton } from '../parts/row-buttons.tsx'
import { useLevelOptions } from '../skills/levels.ts'
import { peopleOfAll } from './people-of.ts'
import { ruleWords } from './rule-words.ts'

type Step = QueueSettings['steps'][number]

const time = (seconds: number): string => duration(seconds * 1000)

interface Props {
  step: Step
  index: number
  count: number
  /** Seconds after joining. */
  from: number
  groups: QueueSettings['groups']
  problems: Problems
  readOnly: boolean
  onChange: (step: Step) => void
  onMove: (to: number) => void
  onRemove: () => void
}

export function StepEditor(props: Props) {
  const { step, index, count, from, groups, problems, readOnly, onChange } = props
  const t = useWords(ruleWords)
  const levels = useLevelOptions()
  const { skills = [], agents: profiles = [] } = useQuery(routingSettingsQuery).data ?? {}
  const people = peopleOfAll(groups, useAgents())
  const n = index + 1
  const last = index === count - 1
  const { needs } = step
  const nameOf = (id: string): string => skills.find((skill) => skill.id === id)?.name ?? id
  const able = profiles.filter(
    (profile) =>
      people.has(profile.agentId) &&
      needs.every((need) => profile.skills.some((has) => has.skillId === need.skillId && has.level >= need.level)),
  ).length
  const when = last
    ? index === 0
      ? t('stepAlways')
      : t('stepFrom', { from: time(from) })
    : t('stepUntil', { from: time(from), to: time(from + step.seconds) })
  const free = skills.find((skill) => !needs.some((need) => need.skillId === skill.id))
  return (
    <li className="st-card">
      <div className="st-card-head">
        <b>{t('step', { n })}</b>
        <span className="q-quiet">{when}</span>
        <span className={able === 0 && needs.length > 0 ? 'q-state-warn' : 'q-quiet'}>
          {needs.length === 0 ? t('stepAnyone') : able === 0 ? t('nobodyHas') : t('have', { count: able })}
        </span>
        {readOnly ? null : (
          <span className="st-card-acts">
            <MoveButtons
              up={t('upStep', { n })}
              down={t('downStep', { n })}
              index={index}
              count={count}
              onMove={props.onMove}
            />
            <RemoveButton label={t('removeStep', { n })} onClick={props.onRemove} />
          </span>
        )}
      </div>
      {needs.map((need, at) => (
        <div key={at} className="st-row">
          <Select
            aria-label={t('needSkill', { n })}
            value={need.skillId}
            style={{ flex: 1, minWidth: 0 }}
            status={problems.has(`steps.${index}.needs.${at}.skillId`) ? 'error' : ''}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(skillId) => onChange({ ...step, needs: needs.with(at, { ...need, skillId }) })}
            options={optionsOf(skills)}
          />
          <Select
            aria-label={t('needLevel', { skill: nameOf(need.skillId) })}
            value={need.level}
            style={{ width: 130, flex: 'none' }}
            onChange={(level) => onChange({ ...step, needs: needs.with(at, { ...need, level }) })}
            options={levels.map(({ value, label }) => ({ value, label: `≥ ${label}` }))}
          />
          {readOnly ? null : (
            <RemoveButton
              label={t('removeNeed', { skill: nameOf(need.skillId) })}
              onClick={() => onChange({ ...step, needs: needs.toSpliced(at, 1) })}
            />
          )}
        </div>
      ))}
      <div className="st-row">
        <Button
          size="small"
          disabled={!free || needs.length >= 20}
          onClick={() => {
            if (free) onChange({ ...step, needs: [...needs, { skillId: free.id, level: 3 }] })
          }}
        >
          {t('addNeed')}
        </Button>
        <Checkbox checked={step.language} onChange={(event) => onChange({ ...step, language: event.target.checked })}>
          {t('sameLanguage')}
        </Checkbox>
      </div>
      {last ? null : (
        <DurationField
          label={t('stepFor')}
          value={step.seconds}
          max={86_400}
          onChange={(seconds) => onChange({ ...step, seconds })}
        />
      )}
    </li>
  )
}
