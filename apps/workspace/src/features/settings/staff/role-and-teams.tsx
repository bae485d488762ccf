import { type Role, roles } from '@qiao/protocol'
import { Select } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useTeams } from '../../../shared/staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export interface RoleAndTeams {
  role: Role
  teamIds: string[]
}

interface Props {
  value: RoleAndTeams
  roleLocked?: boolean
  onChange: (value: RoleAndTeams) => void
}

export function RoleAndTeamsFields({ value, roleLocked, onChange }: Props) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const teams = useTeams()
  return (
    <>
      <FormField label={t('role')} hint={roleLocked ? t('self') : t('roleHint')}>
        {({ id }) => (
          <Select
            id={id}
            value={value.role}
            disabled={roleLocked ?? false}
            onChange={(role) => onChange({ ...value, role })}
            options={roles.map((role) => ({ value: role, label: s(`role.${role}`) }))}
          />
        )}
      </FormField>
      <FormField label={t('teams')} hint={t('teamsHint')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={value.teamIds}
            onChange={(teamIds) => onChange({ ...value, teamIds })}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
      </FormField>
    </>
  )
}
