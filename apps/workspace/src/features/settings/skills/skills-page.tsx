import { type Agent, type AgentProfile, type OutputOf, type readRoutingSettings } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { optionsOf } from '../../../shared/choice-field.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { routingSettingsQuery, useAgents, useTeams } from '../../../shared/staff.ts'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { SaveBar } from '../parts/save-bar.tsx'
import { words as settingsWords } from '../words.ts'
import { blankProfile } from './changes.ts'
import { PeopleTable } from './people-table.tsx'
import { SkillMatrix } from './skill-matrix.tsx'
import { type EditedSkill, SkillPanel } from './skill-panel.tsx'
import { useSkillDraft } from './use-skill-draft.ts'
import { words } from './words.ts'
import './skills.css'

export interface Person {
  agent: Agent
  profile: AgentProfile
}

export function SkillsPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('routing.manage')
  const [edited, setEdited] = useState<EditedSkill | null>(null)
  const settings = useQuery(routingSettingsQuery)
  return (
    <>
      <PageFrame
        title={s('page.skills')}
        intro={t('intro')}
        wide
        actions={
          manage ? (
            <Button type="primary" onClick={() => setEdited('new')}>
              {t('add')}
            </Button>
          ) : null
        }
      >
        {manage ? null : <ReadOnlyNote />}
        <Load query={settings}>{(data) => <Skills settings={data} manage={manage} onEdit={setEdited} />}</Load>
        {edited ? <SkillPanel skill={edited} onClose={() => setEdited(null)} /> : null}
      </PageFrame>
    </>
  )
}

interface Props {
  settings: OutputOf<typeof readRoutingSettings>
  manage: boolean
  onEdit: (skill: EditedSkill) => void
}

const views = ['skills', 'people'] as const

function Skills({ settings, manage, onEdit }: Props) {
  const t = useWords(words)
  const agents = useAgents().filter((agent) => !agent.disabledAt)
  const teams = useTeams()
  const [view, setView] = useState<(typeof views)[number]>('skills')
  const [search, setSearch] = useState('')
  const [teamId, setTeamId] = useState('')
  const draft = useSkillDraft(
    agents.map(({ id }) => settings.agents.find((profile) => profile.agentId === id) ?? blankProfile(id)),
  )
  const people: Person[] = agents.flatMap((agent) => {
    const profile = draft.profiles.find((one) => one.agentId === agent.id)
    const text = `${agent.name} ${agent.publicName ?? ''} ${profile?.number ?? ''}`.toLowerCase()
    const shown = (!teamId || agent.teamIds.includes(teamId)) && text.includes(search.trim().toLowerCase())
    return profile && shown ? [{ agent, profile }] : []
  })
  const problem = draft.doubled[0] ? t('numberTwice', { number: draft.doubled[0] }) : null
  const noSkills = view === 'skills' && settings.skills.length === 0
  return (
    <>
      <div className="st-filter">
        <Segmented
          value={view}
          aria-label={t('view')}
          onChange={setView}
          options={views.map((one) => ({ value: one, label: t(`view.${one}`) }))}
        />
        <Input.Search
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          allowClear
          onChange={(event) => setSearch(event.target.value)}
          style={{ width: 200 }}
        />
        <Select
          aria-label={t('team')}
          value={teamId}
          onChange={setTeamId}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 180 }}
          options={[{ value: '', label: t('allTeams') }, ...optionsOf(teams)]}
        />
      </div>
      {noSkills ? (
        <EmptyState title={t('noSkills')} hint={t('noSkillsText')} />
      ) : people.length === 0 ? (
        <EmptyState title={agents.length === 0 ? t('empty') : t('noMatch')} />
      ) : view === 'skills' ? (
        <SkillMatrix
          people={people}
          skills={settings.skills}
          changes={draft.changes}
          readOnly={!manage}
          onChange={draft.change}
          onEdit={onEdit}
        />
      ) : (
        <PeopleTable
          people={people}
          profiles={settings.profiles}
          doubled={draft.doubled}
          readOnly={!manage}
          onChange={draft.change}
        />
      )}
      <div className="st-skills-save">
        <SaveBar
          dirty={draft.changes.size > 0}
          saving={draft.saving}
          problem={problem}
          theirs={null}
          onSave={() => {
            if (!problem) draft.save()
          }}
          onDiscard={draft.discard}
        />
      </div>
    </>
  )
}
