import { ArrowLeftOutlined } from '@ant-design/icons'
import type { ConversationItem } from '@qiao/protocol'
import { Button } from 'antd'
import { Suspense, lazy, memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useMe } from '../../../shared/session.ts'
import { assignKeys } from '../assign-keys.ts'
import { inboxWords } from '../words.ts'
import { People } from './people.tsx'
import { type OpenAction, ThreadActions } from './thread-actions.tsx'
import { ThreadTitle } from './thread-title.tsx'
import { type CloseReason, type ConversationActions, mayConsult, mayTouch } from './use-conversation-actions.ts'
import { part } from '../../../shared/part.ts'
import './actions.css'

const WhyDrawer = lazy(part(() => import('../why/why-drawer.tsx').then((module) => ({ default: module.WhyDrawer }))))

const MergeDialog = lazy(
  part(() => import('../joined/merge-dialog.tsx').then((module) => ({ default: module.MergeDialog }))),
)

interface ThreadHeaderProps {
  item: ConversationItem
  actions: ConversationActions
  open: OpenAction
  onOpen: (action: OpenAction) => void
  onClose: (reason?: CloseReason) => void
  onBack: () => void
  panelShown: boolean
  onPanel: () => void
}

export const ThreadHeader = memo(function ThreadHeader({ item, onBack, ...rest }: ThreadHeaderProps) {
  const me = useMe()
  const { conversation, contact } = item
  return (
    <header className="q-thread-head">
      <BackButton onBack={onBack} />
      <Avatar id={contact.id} name={contactName(contact)} url={contact.avatarUrl} size={34} />
      <ThreadTitle item={item} />
      <People conversation={conversation} actions={rest.actions} onInvite={() => rest.onOpen('invite')} />
      <ThreadActions
        {...rest}
        id={conversation.id}
        state={conversation.state}
        assigneeId={conversation.assigneeId}
        participantIds={conversation.participantIds}
        queueId={conversation.queue?.queueId ?? null}
        tags={conversation.tags}
        merged={conversation.mergedIntoId !== null}
        may={mayTouch(item, me)}
        assignKeys={assignKeys(conversation)}
        mayConsult={mayConsult(item, me)}
      />
      {rest.open === 'merge' ? (
        <Suspense>
          <MergeDialog conversation={conversation} actions={rest.actions} onClose={() => rest.onOpen(null)} />
        </Suspense>
      ) : null}
      {rest.open === 'why' ? (
        <Suspense>
          <WhyDrawer conversationId={conversation.id} onClose={() => rest.onOpen(null)} />
        </Suspense>
      ) : null}
    </header>
  )
})

const BackButton = memo(function BackButton({ onBack }: { onBack: () => void }) {
  const t = useWords(inboxWords)
  return (
    <Button
      type="text"
      className="q-only-narrow"
      icon={<ArrowLeftOutlined />}
      aria-label={t('do.back')}
      onClick={onBack}
    />
  )
})
