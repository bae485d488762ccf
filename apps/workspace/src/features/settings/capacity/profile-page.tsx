import { type CapacityProfile, anyChannel } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { useCan } from '../../../shared/session.ts'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { ProfileEditor } from './profile-editor.tsx'
import { words } from './words.ts'

const blank: Omit<CapacityProfile, 'id'> = {
  name: '',
  standard: false,
  units: 100,
  pickMarginUnits: 0,
  channels: { [anyChannel]: { units: 20, most: 5, interruptedBy: [] } },
  version: 0,
  changedAt: null,
  changedBy: null,
}

export function CapacityProfilePage() {
  const t = useWords(words)
  const id = String(useParams({ strict: false })['profileId'] ?? '')
  const manage = useCan('routing.manage')
  const settings = useQuery(routingSettingsQuery)
  return (
    <Load query={settings}>
      {({ profiles }) => {
        const profile = profiles.find((one) => one.id === id)
        if (profile) return <ProfileEditor key={id} id={id} saved={profile} />
        if (id === 'new' && manage) return <ProfileEditor key="new" id={null} saved={blank} />
        const back = <Link to="/settings/capacity">{t('back')}</Link>
        return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
      }}
    </Load>
  )
}
