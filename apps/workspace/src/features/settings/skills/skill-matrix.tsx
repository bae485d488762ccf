import { MoreOutlined } from '@ant-design/icons'
import type { Skill } from '@qiao/protocol'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { type AgentChange, type Changes, levelOf } from './changes.ts'
import { type Level, levels } from './levels.ts'
import { SkillCell } from './skill-cell.tsx'
import type { EditedSkill } from './skill-panel.tsx'
import type { Person } from './skills-page.tsx'
import { words } from './words.ts'

interface Props {
  people: readonly Person[]
  skills: readonly Skill[]
  changes: Changes
  readOnly: boolean
  onChange: (agentId: string, part: AgentChange) => void
  onEdit: (skill: EditedSkill) => void
}

const arrows: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
}

/** Agents by skills. One cell is in the order of Tab; arrows go on from there and digits set the level. */
export function SkillMatrix({ people, skills, changes, readOnly, onChange, onEdit }: Props) {
  const t = useWords(words)
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<[number, number]>([0, 0])
  const focus = (row: number, column: number): void => {
    if (row < 0 || column < 0 || row >= people.length || column >= skills.length) return
    setAt([row, column])
    table.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus()
  }
  const set = (agentId: string, skillId: string, level: Level | null): void => {
    if (!readOnly) onChange(agentId, { skills: { [skillId]: level } })
  }
  const onKey = (event: React.KeyboardEvent, row: number, column: number): void => {
    const step = arrows[event.key]
    const person = people[row]
    const skill = skills[column]
    const level = levels.find((one) => String(one) === event.key)
    const clears = ['0', 'Delete', 'Backspace'].includes(event.key)
    if (event.ctrlKey || event.metaKey || event.altKey || (!step && !level && !clears)) return
    event.preventDefault()
    if (step) focus(row + step[0], column + step[1])
    else if (person && skill) set(person.agent.id, skill.id, level ?? null)
  }
  const current: [number, number] = [Math.min(at[0], people.length - 1), Math.min(at[1], skills.length - 1)]
  return (
    <>
      <div className="q-table-scroll">
        <table ref={table} className="st-matrix" role="grid" aria-label={t('matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('agent')}</th>
              {skills.map((skill) => (
                <th key={skill.id} scope="col">
                  <span className="st-matrix-skill">
                    <span title={skill.name}>{skill.name}</span>
                    {readOnly ? null : (
                      <Button
                        type="text"
                        size="small"
                        icon={<MoreOutlined />}
                        aria-label={t('skillMenu', { skill: skill.name })}
                        onClick={() => onEdit(skill)}
                      />
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map(({ agent, profile }, row) => (
              <tr key={agent.id}>
                <th scope="row">
                  <span className="q-table-name">
                    <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={24} />
                    <span>{agent.name}</span>
                    {profile.number ? <span className="q-quiet">{profile.number}</span> : null}
                  </span>
                </th>
                {skills.map((skill, column) => (
                  <SkillCell
                    key={skill.id}
                    name={`${row} ${column}`}
                    agent={agent.name}
                    skill={skill.name}
                    level={levelOf(profile, skill.id)}
                    changed={changes.get(agent.id)?.skills?.[skill.id] !== undefined}
                    inOrder={current[0] === row && current[1] === column}
                    readOnly={readOnly}
                    onKey={(event) => onKey(event, row, column)}
                    onFocus={() => setAt([row, column])}
                    onSet={(level) => set(agent.id, skill.id, level)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="st-matrix-legend q-field-hint">
        {readOnly ? null : <span>{t('keys')}</span>}
        <span>
          {t('legend')}：{levels.map((level) => `${level} ${t(`level.${level}`)}`).join(' · ')}
        </span>
      </p>
    </>
  )
}
