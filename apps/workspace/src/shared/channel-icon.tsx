import { listChannelLooks } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from './api.ts'
import { useChannelName } from './channel-words.ts'
import { currentLanguage } from './i18n.ts'

/** They only change with the version of the server. */
const looksQuery = queryOptions({
  queryKey: ['channel-looks'],
  queryFn: async ({ signal }) => (await call(listChannelLooks, {}, { signal })).channels,
  staleTime: Infinity,
})

const bubble =
  'M12 3C6.5 3 2 6.8 2 11.5c0 2.6 1.4 4.9 3.5 6.4V22l4-2.2c.8.2 1.6.2 2.5.2 5.5 0 10-3.8 10-8.5S17.5 3 12 3Z'

/** Says by itself which channel it is: colour and shape are not enough. */
export function ChannelIcon({ channel, size = 16 }: { channel: string; size?: number }) {
  const { data: looks = [] } = useQuery(looksQuery)
  const nameOf = useChannelName()
  const look = looks.find(({ id }) => id === channel)
  const name = look ? look.name[currentLanguage() === 'en' ? 'en' : 'zh'] : nameOf(channel)
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" role="img" aria-label={name} style={{ flex: 'none' }}>
      <title>{name}</title>
      <path d={look?.icon ?? bubble} fill={look?.colour ?? 'var(--q-accent)'} />
    </svg>
  )
}
