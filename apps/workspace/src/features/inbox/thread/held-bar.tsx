import type { Conversation } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { namesOf } from '../../../shared/names.ts'
import { useCan, useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { useTakeOver } from '../actions/use-take-over.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'

/** Somebody else holds it: who, in what part the viewer is here, and what a lead may do about it. */
export function HeldBar({ conversation, actions }: { conversation: Conversation; actions: ConversationActions }) {
  const t = useWords(workWords)
  const inbox = useWords(inboxWords)
  const me = useMe()
  const leads = useCan('routing.supervise')
  const { agents } = useStaffNames()
  const takeOver = useTakeOver(conversation, actions)
  const { assigneeId, participantIds, consults } = conversation
  if (!assigneeId) return null
  const name = agents.get(assigneeId)?.name ?? ''
  const takesPart = participantIds.includes(me.id)
  const asked = consults.some(({ agentId }) => agentId === me.id)
  const others = namesOf([assigneeId, ...participantIds.filter((id) => id !== me.id)], agents)
  const words = takesPart
    ? t('held.joined', { names: others })
    : asked
      ? t('held.consulted', { name })
      : inbox('thread.otherHolds', { name })
  return (
    <div className={`q-bar ${takesPart ? '' : asked ? 'is-consult' : 'is-warning'}`}>
      <span>{words}</span>
      {takesPart ? (
        <Button size="small" type="link" onClick={() => void actions.removeParticipant(me.id)}>
          {t('held.leave')}
        </Button>
      ) : null}
      {leads && !takesPart ? (
        <Button size="small" type="link" onClick={() => void actions.addParticipant(me.id)}>
          {t('held.join')}
        </Button>
      ) : null}
      {leads ? (
        <Button size="small" type="link" onClick={takeOver}>
          {t('held.takeOver')}
        </Button>
      ) : null}
    </div>
  )
}
