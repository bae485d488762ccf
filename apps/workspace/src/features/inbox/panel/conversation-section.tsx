import { type ConversationItem, type EntryOf } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { timelineQuery } from '../../../shared/conversations/queries.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { dateTime, duration, exactTime } from '../../../shared/time.ts'
import { scoreWords } from '../thread/event-words.ts'
import { inboxWords } from '../words.ts'
import { Fact } from './field.tsx'

export function ConversationSection({ item }: { item: ConversationItem }) {
  const t = useWords(inboxWords)
  const names = useStaffNames()
  const { conversation } = item
  const { data } = useQuery({ ...timelineQuery(conversation.id), enabled: false })
  const started = data?.entries.find(
    (entry): entry is EntryOf<'conversation.started'> => entry.kind === 'conversation.started',
  )
  const { survey } = conversation
  const team = conversation.teamId ? names.teams.get(conversation.teamId)?.name : undefined
  const assignee = conversation.assigneeId ? names.agents.get(conversation.assigneeId)?.name : t('assign.nobody')
  return (
    <dl className="q-dl">
      <Fact label={t('panel.number')}>
        #{conversation.number} · {t(`state.${conversation.state}`)}
      </Fact>
      <Fact label={t('panel.inbox')}>{names.inboxes.get(conversation.inboxId)?.name ?? ''}</Fact>
      {team ? <Fact label={t('panel.team')}>{team}</Fact> : null}
      <Fact label={t('panel.assignee')}>{assignee}</Fact>
      <Fact label={t('panel.created')}>
        <time title={exactTime(conversation.createdAt)}>{dateTime(conversation.createdAt)}</time>
      </Fact>
      {conversation.firstReplyAt ? (
        <Fact label={t('panel.firstReply')}>
          {duration(Date.parse(conversation.firstReplyAt) - Date.parse(conversation.createdAt))}
        </Fact>
      ) : null}
      {survey?.score ? (
        <Fact label={t('panel.survey')}>
          {scoreWords({ scale: survey.scale, score: survey.score }, t)}
          {survey.comment ? ` · ${survey.comment}` : ''}
        </Fact>
      ) : null}
      {started?.body.page ? (
        <Fact label={t('panel.startedOn')}>
          <a href={started.body.page.url} target="_blank" rel="noopener noreferrer nofollow">
            {started.body.page.title ?? started.body.page.url}
          </a>
        </Fact>
      ) : null}
    </dl>
  )
}
