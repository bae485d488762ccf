import { Button } from 'antd'
import { ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useAgents, useTeams } from '../../../shared/staff.ts'
import { DurationField } from '../parts/duration-field.tsx'
import { RemoveButton } from '../parts/row-buttons.tsx'
import { peopleOf } from './people-of.ts'
import { ruleWords } from './rule-words.ts'
import type { SectionProps } from './section-props.ts'
import { words } from './words.ts'

type Group = SectionProps['draft']['settings']['groups'][number]

export function ServingSection({ draft, readOnly, onSettings }: SectionProps) {
  const e = useWords(words)
  const t = useWords(ruleWords)
  const teams = useTeams()
  const agents = useAgents()
  const { groups } = draft.settings
  const active = agents.filter(
    (agent) => !agent.disabledAt || groups.some((group) => group.agentIds.includes(agent.id)),
  )
  const replace = (index: number, group: Group): void => onSettings({ groups: groups.with(index, group) })
  return (
    <Section title={e('section.serving')} hint={t('groupsHint')}>
      {groups.length === 0 ? <p className="q-state-warn">{t('noGroups')}</p> : null}
      {groups.map((group, index) => {
        const count = peopleOf(group, agents).size
        return (
          <fieldset key={index} className="st-card">
            <legend className="sr-only">{t('group', { n: index + 1 })}</legend>
            <div className="st-card-head">
              <b aria-hidden="true">{t('group', { n: index + 1 })}</b>
              <span className={count === 0 ? 'q-state-warn' : 'q-quiet'}>
                {count === 0 ? t('groupNobody') : t('groupCount', { count })}
              </span>
              {readOnly ? null : (
                <RemoveButton
                  label={t('removeGroup', { n: index + 1 })}
                  onClick={() => onSettings({ groups: groups.toSpliced(index, 1) })}
                />
              )}
            </div>
            <ChoicesField
              label={t('groupTeams')}
              value={group.teamIds}
              onChange={(teamIds) => replace(index, { ...group, teamIds })}
              options={optionsOf(teams)}
            />
            <ChoicesField
              label={t('groupAgents')}
              value={group.agentIds}
              onChange={(agentIds) => replace(index, { ...group, agentIds })}
              options={optionsOf(active)}
            />
            <DurationField
              label={t('groupAfter')}
              value={group.afterSeconds}
              max={86_400}
              onChange={(afterSeconds) => replace(index, { ...group, afterSeconds })}
            />
          </fieldset>
        )
      })}
      <Button
        size="small"
        disabled={groups.length >= 10}
        onClick={() =>
          onSettings({
            groups: [...groups, { teamIds: [], agentIds: [], afterSeconds: groups.length === 0 ? 0 : 60 }],
          })
        }
      >
        {t('addGroup')}
      </Button>
    </Section>
  )
}
