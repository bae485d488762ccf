import type { Conversation, EntryOf } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { timelineQuery } from '../../../shared/conversations/queries.ts'
import type { Timeline } from '../../../shared/conversations/timeline.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { dateTime, duration, exactTime } from '../../../shared/time.ts'
import { scoreWords } from '../thread/event-words.ts'
import { inboxWords } from '../words.ts'
import { Fact } from './field.tsx'

/** The page on which it began, once the beginning is held. What is picked out stays the same with each message that arrives. */
const startedIn = ({ entries }: Timeline): EntryOf<'conversation.started'> | undefined =>
  entries[0]?.seq === 1
    ? entries.find((entry): entry is EntryOf<'conversation.started'> => entry.kind === 'conversation.started')
    : undefined

export function ConversationSection({ conversation }: { conversation: Conversation }) {
  const t = useWords(inboxWords)
  const names = useStaffNames()
  const { data: started } = useQuery({ ...timelineQuery(conversation.id), enabled: false, select: startedIn })
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
