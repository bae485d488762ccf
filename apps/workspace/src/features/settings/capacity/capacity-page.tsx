import { type CapacityProfile, anyChannel } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useChannelName } from '../../../shared/channel-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { routingSettingsQuery, useAgents } from '../../../shared/staff.ts'
import { ListPage } from '../parts/list-page.tsx'
import { roomFor } from './what-fits.ts'
import { words } from './words.ts'

export function CapacityPage() {
  const t = useWords(words)
  const channelName = useChannelName()
  const manage = useCan('routing.manage')
  const navigate = useNavigate()
  const agents = useAgents().filter((agent) => !agent.disabledAt)
  const query = useQuery({ ...routingSettingsQuery, select: (settings) => settings.profiles })
  const known = useQuery(routingSettingsQuery).data?.agents ?? []
  const users = ({ id, standard }: CapacityProfile): number =>
    agents.filter((agent) => {
      const own = known.find((profile) => profile.agentId === agent.id)?.profileId ?? null
      return own === id || (standard && own === null)
    }).length
  const summary = (profile: CapacityProfile): string =>
    joined(
      Object.keys(profile.channels)
        .toSorted((a, b) => Number(a === anyChannel) - Number(b === anyChannel))
        .map((channel) => t('summary', { channel: channelName(channel), most: roomFor(profile, [], channel).fits })),
    )
  return (
    <ListPage
      page="capacity"
      intro={t('intro')}
      query={query}
      add={manage && { label: t('add'), onClick: () => void navigate({ href: '/settings/capacity/new' }) }}
      empty={{ title: t('empty') }}
      columns={[
        {
          title: t('name'),
          render: ({ id, name, standard }) => (
            <>
              <Link to={`/settings/capacity/${id}`}>{name}</Link>
              {standard ? <span className="q-quiet"> · {t('standard')}</span> : null}
            </>
          ),
        },
        { title: t('units'), render: ({ units }) => units },
        { title: t('channels'), render: summary },
        { title: t('usedBy'), render: (profile) => t('usedByCount', { count: users(profile) }) },
      ]}
    />
  )
}
