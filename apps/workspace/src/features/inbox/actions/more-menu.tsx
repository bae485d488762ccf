import { MoreOutlined, ProfileOutlined } from '@ant-design/icons'
import type { Conversation } from '@qiao/protocol'
import { Button, Dropdown } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { Tip } from '../../../shared/tip.tsx'
import { joinedWords } from '../joined/words.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import type { OpenAction } from './thread-actions.tsx'
import type { ConversationActions } from './use-conversation-actions.ts'
import { useSessionItem } from './use-session-item.ts'

interface MoreMenuProps {
  mayConsult: boolean
  mayMerge: boolean
  mayInvite: boolean
  mayTake: boolean
  id: string
  /** How the conversation is whose session may be moved. */
  session: Conversation['state'] | null
  actions: ConversationActions
  onOpen: (action: OpenAction) => void
  onUnread: () => void
  onMine: () => void
}

/** What is asked for too seldom for a button. */
export const MoreMenu = memo(function MoreMenu(props: MoreMenuProps) {
  const { mayMerge, mayConsult, mayInvite, mayTake, onOpen, onUnread, onMine } = props
  const sessionItem = useSessionItem(props.id, props.session, props.actions)
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const joined = useWords(joinedWords)
  const items = [
    { key: 'unread', label: t('do.unread'), onClick: onUnread },
    { key: 'why', label: work('do.why'), onClick: () => onOpen('why') },
    ...(mayMerge ? [{ key: 'merge', label: joined('do.merge'), onClick: () => onOpen('merge') }] : []),
    ...(mayConsult ? [{ key: 'consult', label: work('do.consult'), onClick: () => onOpen('consult') }] : []),
    ...(mayInvite ? [{ key: 'invite', label: work('do.invite'), onClick: () => onOpen('invite') }] : []),
    ...(mayTake ? [{ key: 'me', label: t('do.assignMe'), onClick: onMine }] : []),
    ...sessionItem,
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<MoreOutlined />} aria-label={t('do.more')} />
    </Dropdown>
  )
})

interface PanelButtonProps {
  shown: boolean
  onPanel: () => void
}

export const PanelButton = memo(function PanelButton({ shown, onPanel }: PanelButtonProps) {
  const t = useWords(inboxWords)
  return (
    <Tip title={t('do.panel')} keys="i">
      <Button
        type="text"
        icon={<ProfileOutlined />}
        aria-label={t('do.panel')}
        aria-pressed={shown}
        onClick={onPanel}
      />
    </Tip>
  )
})
