import type { Inbox } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useWords } from '../../../shared/i18n.ts'
import { namesOf } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { inboxesQuery, useStaffNames } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { ListPage } from '../parts/list-page.tsx'
import { AccountStateMark } from '../channels/account-state.tsx'
import { ChannelMark } from '../channels/channel-mark.tsx'
import { accountsQuery, useChannelInfos } from '../channels/channels-query.ts'
import { worded } from '../../../shared/worded.ts'
import { problemKey, problemWords } from '../channels/problem-words.ts'
import { words as channelWords } from '../channels/words.ts'
import { words } from './words.ts'

export function InboxesPage() {
  const t = useWords(words)
  const manage = useCan('inboxes.manage')
  const calendars = useQuery(calendarsQuery).data ?? []
  const { teams } = useStaffNames()
  const c = useWords(channelWords)
  const p = useWords(problemWords)
  const navigate = useNavigate()
  const infos = useChannelInfos()
  const accounts = useQuery({ ...accountsQuery, enabled: manage }).data
  const infoOf = (inbox: Inbox) => infos.find(({ id }) => id === inbox.channel) ?? null
  return (
    <ListPage
      page="inboxes"
      intro={t('intro')}
      query={useQuery(inboxesQuery)}
      add={manage && { label: t('add'), onClick: () => void navigate({ href: '/settings/inboxes/new' }) }}
      empty={{ title: t('empty'), hint: manage ? t('emptyText') : '' }}
      columns={[
        {
          title: t('name'),
          render: (inbox) => {
            const info = infoOf(inbox)
            return (
              <div className="st-inbox-name">
                <ChannelMark info={info} colour={inbox.settings.look.colour} size={28} />
                <div>
                  <Link to={`/settings/inboxes/${inbox.id}`}>{inbox.name}</Link>
                  <div className="q-quiet">{info ? worded(info.name) : c('web')}</div>
                </div>
              </div>
            )
          },
        },
        {
          title: t('state'),
          render: ({ id, pausedAt }) => {
            const account = accounts?.get(id)
            const state = account?.state ?? (pausedAt ? 'paused' : 'working')
            const { lastProblem } = account ?? {}
            return (
              <>
                <AccountStateMark state={state} />
                {state === 'failing' && lastProblem ? (
                  <div className="q-quiet">{p(problemKey(lastProblem.code))}</div>
                ) : null}
              </>
            )
          },
        },
        {
          title: t('teams'),
          render: ({ teamIds }) => namesOf(teamIds, teams) || <span className="q-state-warn">{t('noTeams')}</span>,
        },
        {
          title: t('hours'),
          render: (inbox) => calendars.find((calendar) => calendar.id === inbox.calendarId)?.name ?? t('always'),
        },
      ]}
    />
  )
}
