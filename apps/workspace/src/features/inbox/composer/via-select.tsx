import { listOutlets } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { call } from '../../../shared/api.ts'
import { ChannelIcon } from '../../../shared/channel-icon.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { useNow } from '../../../shared/time.ts'
import { deliveryWords } from '../delivery-words.ts'
import { quotaWords, whyWords } from './strip-words.ts'
import { type Outlet, usualWay, wishedWay } from './usual-way.ts'

export const outletsQuery = (conversationId: string) =>
  queryOptions({
    // Whatever makes the policy of replies read anew makes this read anew.
    queryKey: ['reply-policy', conversationId, 'outlets'] as const,
    queryFn: async ({ signal }): Promise<Outlet[]> =>
      (await call(listOutlets, { params: { id: conversationId } }, { signal })).outlets,
    // A window closes by itself, without anybody telling.
    refetchInterval: 60_000,
  })

const none: readonly Outlet[] = []

/** Which identity an answer goes to: the conversation's own where none is named. */
export function useWay(conversationId: string, chosen: string | null, mindsWish = true) {
  const { data } = useQuery(outletsQuery(conversationId))
  const outlets = data ?? none
  const way = outlets.find(({ identityId }) => identityId === chosen) ?? usualWay(outlets, mindsWish)
  const viaIdentityId = way && !way.own ? way.identityId : undefined
  return { outlets, way, sentBy: data ? { viaIdentityId } : { viaIdentityId, asUsual: true as const } }
}

interface ViaSelectProps {
  outlets: readonly Outlet[]
  way: Outlet | undefined
  onChoose: (identityId: string) => void
}

/** What the customer asked for when they left a message; it stands out while another way is chosen. */
export function WishLine({ outlets, way }: Pick<ViaSelectProps, 'outlets' | 'way'>) {
  const t = useWords(deliveryWords)
  const inboxes = useInboxes()
  const wished = wishedWay(outlets)
  if (!wished) return null
  const inbox = inboxes.find(({ id }) => id === wished.inboxId)?.name ?? ''
  return (
    <span className={way?.wished ? 'q-wish' : 'q-wish is-other'} role="status">
      {t('via.wished', { inbox, address: wished.address })}
    </span>
  )
}

/** By which of the customer's channels the answer goes, what each allows, and why others cannot be used now. */
export function ViaSelect({ outlets, way, onChoose }: ViaSelectProps) {
  const t = useWords(deliveryWords)
  const now = useNow()
  const inboxes = new Map(useInboxes().map((inbox) => [inbox.id, inbox]))
  if (outlets.length < 2) return null
  const noteOf = (outlet: Outlet): string => {
    if (outlet.open) return quotaWords(outlet, t, now) ?? ''
    const reason = whyWords(outlet, t)
    return outlet.template && outlet.why !== 'only-templates' ? `${reason} · ${t('strip.template')}` : reason
  }
  const labelOf = (outlet: Outlet, note = '') => (
    <span className="q-via">
      <ChannelIcon channel={outlet.channel} size={14} />
      <span>
        {inboxes.get(outlet.inboxId)?.name ?? ''}
        <span className="q-choice-note"> {/:/.test(outlet.address) ? '' : outlet.address}</span>
        {note ? <span className="q-via-why">{note}</span> : null}
      </span>
    </span>
  )
  const options = outlets.map((outlet) => ({
    value: outlet.identityId,
    disabled: !outlet.open && !outlet.own && !outlet.template,
    label: labelOf(outlet),
    outlet,
  }))
  return (
    <Select
      className="q-via-select"
      size="small"
      variant="borderless"
      popupMatchSelectWidth={300}
      aria-label={t('via.label')}
      value={way?.identityId}
      options={options}
      // What the chosen one allows stands in the strip.
      optionRender={({ data: { outlet } }) => labelOf(outlet, noteOf(outlet))}
      onChange={onChoose}
    />
  )
}
