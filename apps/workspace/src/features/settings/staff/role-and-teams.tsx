import { type Role, roles } from '@qiao/protocol'
import { ChoiceField, ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
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

export function RoleAndTeamsFields({ value, roleLocked = false, onChange }: Props) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  return (
    <>
      <ChoiceField
        label={t('role')}
        hint={roleLocked ? t('self') : t('roleHint')}
        value={value.role}
        disabled={roleLocked}
        onChange={(role) => onChange({ ...value, role })}
        options={roles.map((role) => ({ value: role, label: s(`role.${role}`) }))}
      />
      <ChoicesField
        label={t('teams')}
        hint={t('teamsHint')}
        value={value.teamIds}
        onChange={(teamIds) => onChange({ ...value, teamIds })}
        options={optionsOf(useTeams())}
      />
    </>
  )
}
