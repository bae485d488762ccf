import type { CapacityProfile } from '@qiao/protocol'
import { Input, InputNumber, Select } from 'antd'
import { Avatar } from '../../../shared/avatar.tsx'
import { optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import type { AgentChange } from './changes.ts'
import { languageOptions } from './language-options.ts'
import type { Person } from './skills-page.tsx'
import { words } from './words.ts'

interface Props {
  people: readonly Person[]
  profiles: readonly CapacityProfile[]
  doubled: readonly string[]
  readOnly: boolean
  onChange: (agentId: string, part: AgentChange) => void
}

/** What else is known of agents; Tab goes from field to field. */
export function PeopleTable({ people, profiles, doubled, readOnly, onChange }: Props) {
  const t = useWords(words)
  const standard = profiles.find((profile) => profile.standard)?.name ?? ''
  const capacity = [
    { value: '', label: t('standardProfile', { name: standard }) },
    ...optionsOf(profiles.filter((profile) => !profile.standard)),
  ]
  return (
    <div className="q-table-scroll">
      <table className="q-table st-people">
        <thead>
          <tr>
            <th scope="col">{t('agent')}</th>
            <th scope="col" title={t('numberHint')}>
              {t('number')}
            </th>
            <th scope="col">{t('languages')}</th>
            <th scope="col">{t('profile')}</th>
            <th scope="col" title={t('weightHint')}>
              {t('weight')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ agent, profile }) => (
            <tr key={agent.id}>
              <th scope="row">
                <span className="q-table-name">
                  <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={24} />
                  <span>{agent.name}</span>
                </span>
              </th>
              <td>
                <Input
                  aria-label={t('numberOf', { agent: agent.name })}
                  value={profile.number ?? ''}
                  maxLength={20}
                  disabled={readOnly}
                  status={profile.number && doubled.includes(profile.number) ? 'error' : ''}
                  onChange={(event) => onChange(agent.id, { number: event.target.value.trim() || null })}
                  style={{ width: 100 }}
                />
              </td>
              <td>
                <Select
                  mode="multiple"
                  aria-label={t('languagesOf', { agent: agent.name })}
                  value={profile.languages}
                  disabled={readOnly}
                  showSearch={{ optionFilterProp: 'label' }}
                  onChange={(languages) => onChange(agent.id, { languages })}
                  options={languageOptions(profile.languages)}
                  style={{ width: '100%' }}
                />
              </td>
              <td>
                <Select
                  aria-label={t('profileOf', { agent: agent.name })}
                  value={profiles.find((one) => one.id === profile.profileId && !one.standard)?.id ?? ''}
                  disabled={readOnly}
                  onChange={(id) => onChange(agent.id, { profileId: id || null })}
                  options={capacity}
                  style={{ width: 170 }}
                />
              </td>
              <td>
                <InputNumber
                  aria-label={t('weightOf', { agent: agent.name })}
                  value={profile.weight}
                  min={0}
                  max={1000}
                  precision={0}
                  disabled={readOnly}
                  onChange={(weight) => onChange(agent.id, { weight: weight ?? 0 })}
                  style={{ width: 84 }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
