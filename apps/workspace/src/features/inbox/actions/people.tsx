import { UserAddOutlined } from '@ant-design/icons'
import type { Conversation } from '@qiao/protocol'
import { Button, Popover } from 'antd'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { sharedWords } from '../../../shared/words.ts'
import { workWords } from '../work-words.ts'
import type { ConversationActions } from './use-conversation-actions.ts'

interface PeopleProps {
  conversation: Pick<Conversation, 'assigneeId' | 'participantIds'>
  actions: ConversationActions
  onInvite: () => void
}

/** Shown once more than one colleague serves the customer: who they are, and the way in and out. */
export function People({ conversation, actions, onInvite }: PeopleProps) {
  const t = useWords(workWords)
  const shared = useWords(sharedWords)
  const me = useMe()
  const { agents } = useStaffNames()
  const { assigneeId, participantIds } = conversation
  if (participantIds.length === 0) return null
  const people = [...(assigneeId ? [assigneeId] : []), ...participantIds].map((id) => {
    const agent = agents.get(id)
    return { id, name: agent?.name ?? shared('unknownAgent'), url: agent?.avatarUrl ?? null }
  })
  const list = (
    <div className="q-people-list">
      {people.map(({ id, name, url }) => (
        <div key={id} className="q-person">
          <Avatar id={id} name={name} url={url} size={24} />
          <span className="q-choice-name">{name}</span>
          <span className="q-choice-note">{id === assigneeId ? t('people.holds') : t('people.takesPart')}</span>
          {id === assigneeId ? null : (
            <Button size="small" type="link" onClick={() => void actions.removeParticipant(id)}>
              {id === me.id ? t('held.leave') : t('people.remove')}
            </Button>
          )}
        </div>
      ))}
      <Button type="text" icon={<UserAddOutlined />} onClick={onInvite}>
        {t('people.invite')}
      </Button>
    </div>
  )
  return (
    <Popover content={list} trigger="click" placement="bottomRight" destroyOnHidden>
      <button
        type="button"
        className="q-people"
        aria-label={t('people.label', { names: joined(people.map(({ name }) => name)) })}
      >
        {people.slice(0, 4).map(({ id, name, url }) => (
          <Avatar key={id} id={id} name={name} url={url} size={24} />
        ))}
        {people.length > 4 ? <span>+{people.length - 4}</span> : null}
      </button>
    </Popover>
  )
}
