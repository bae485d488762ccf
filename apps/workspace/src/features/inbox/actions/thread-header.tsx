import {
  ArrowLeftOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  DownOutlined,
  MoreOutlined,
  ProfileOutlined,
  RedoOutlined,
  SwapOutlined,
  TagOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { type Conversation, type ConversationItem, can, closeReasons } from '@qiao/protocol'
import { App, Button, Dropdown, Popover, Space } from 'antd'
import { type ReactNode, memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { contactName, joined } from '../../../shared/names.ts'
import { onlineStore, viewersStore } from '../../../shared/realtime/presence.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents, useStaffNames, useTeams } from '../../../shared/staff.ts'
import { useStore } from '../../../shared/store.ts'
import { Tip } from '../../../shared/tip.tsx'
import { dateTime } from '../../../shared/time.ts'
import { inboxWords } from '../words.ts'
import { AssignMenu } from './assign-menu.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { TagsEditor } from './tags-editor.tsx'
import { TransferForm } from './transfer-form.tsx'
import { type CloseReason, type ConversationActions, mayTouch } from './use-conversation-actions.ts'
import './actions.css'

export type OpenAction = 'assign' | 'transfer' | 'snooze' | 'tags' | null

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

export function ThreadHeader({ item, onBack, ...rest }: ThreadHeaderProps) {
  const t = useWords(inboxWords)
  const me = useMe()
  const { conversation, contact } = item
  return (
    <header className="q-thread-head">
      <Button
        type="text"
        className="q-only-narrow"
        icon={<ArrowLeftOutlined />}
        aria-label={t('do.back')}
        onClick={onBack}
      />
      <Avatar id={contact.id} name={contactName(contact)} url={contact.avatarUrl} size={34} />
      <Title item={item} />
      <ThreadActions
        {...rest}
        state={conversation.state}
        assigneeId={conversation.assigneeId}
        tags={conversation.tags}
        may={mayTouch(item, me)}
      />
    </header>
  )
}

interface ThreadActionsProps extends Omit<ThreadHeaderProps, 'item' | 'onBack'> {
  state: Conversation['state']
  assigneeId: string | null
  tags: string[]
  may: boolean
}

/** Told only what it shows: a message that arrives must not draw all these buttons anew. */
const ThreadActions = memo(function ThreadActions(props: ThreadActionsProps) {
  const { state, assigneeId, tags, may, actions, open, onOpen, onClose, panelShown, onPanel } = props
  const t = useWords(inboxWords)
  const me = useMe()
  const agents = useAgents()
  const teams = useTeams()
  const { message } = App.useApp()
  const done = (): void => onOpen(null)
  const pop = (action: Exclude<OpenAction, null>, title: string, keys: string, icon: ReactNode, content: ReactNode) => (
    <Popover
      open={open === action}
      onOpenChange={(next) => onOpen(next ? action : null)}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what the key opened
        <div
          onKeyDown={(event) => {
            if (event.key === 'Escape') done()
          }}
        >
          {content}
        </div>
      }
    >
      <span>
        <Tip title={title} keys={keys}>
          <Button type="text" icon={icon} aria-label={title} disabled={!may && action !== 'tags'} />
        </Tip>
      </span>
    </Popover>
  )
  const more = [
    { key: 'unread', label: t('do.unread'), onClick: () => void actions.markRead(0, true) },
    ...(state === 'open' && assigneeId !== me.id && may
      ? [{ key: 'me', label: t('do.assignMe'), onClick: () => void actions.assign(me.id) }]
      : []),
  ]
  return (
    <div className="q-thread-acts" role="toolbar" aria-label={t('group.conversation')}>
      {pop(
        'assign',
        t('do.assign'),
        'a',
        <UserAddOutlined />,
        <AssignMenu
          agents={agents}
          meId={me.id}
          currentId={assigneeId}
          mayAssignOthers={can(me.role, 'conversations.assign-others')}
          onAssign={(agentId) => {
            done()
            void actions.assign(agentId)
          }}
        />,
      )}
      {pop(
        'transfer',
        t('do.transfer'),
        't',
        <SwapOutlined />,
        <TransferForm
          agents={agents}
          teams={teams}
          meId={me.id}
          onCancel={done}
          onTransfer={(target, name) => {
            done()
            void actions.transfer(target).then((ok) => ok && message.success(t('transfer.done', { name })))
          }}
        />,
      )}
      {pop(
        'tags',
        t('do.tags'),
        'l',
        <TagOutlined />,
        <TagsEditor tags={tags} onChange={(add, remove) => void actions.tag(add, remove)} />,
      )}
      {state === 'open'
        ? pop(
            'snooze',
            t('do.snooze'),
            's',
            <ClockCircleOutlined />,
            <SnoozeMenu
              onSnooze={(until) => {
                done()
                void actions
                  .snooze(until)
                  .then((ok) => ok && message.success(t('snooze.done', { time: dateTime(until.getTime()) })))
              }}
            />,
          )
        : null}
      <Dropdown menu={{ items: more }} trigger={['click']}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('do.more')} />
      </Dropdown>
      {state === 'closed' ? (
        <Tip title={t('do.reopen')} keys="o">
          <Button icon={<RedoOutlined />} onClick={() => void actions.reopen()}>
            {t('do.reopen')}
          </Button>
        </Tip>
      ) : (
        <CloseButton disabled={!may} onClose={onClose} />
      )}
      <Tip title={t('do.panel')} keys="i">
        <Button
          type="text"
          icon={<ProfileOutlined />}
          aria-label={t('do.panel')}
          aria-pressed={panelShown}
          onClick={onPanel}
        />
      </Tip>
    </div>
  )
})

function CloseButton({ disabled, onClose }: { disabled: boolean; onClose: (reason?: CloseReason) => void }) {
  const t = useWords(inboxWords)
  const items = closeReasons.map((reason) => ({
    key: reason,
    label: t(`reason.${reason}`),
    onClick: () => onClose(reason),
  }))
  return (
    <Space.Compact>
      <Tip title={t('do.close')} keys="e">
        <Button icon={<CheckOutlined />} disabled={disabled} onClick={() => onClose()}>
          <span className="q-only-wide">{t('do.close')}</span>
        </Button>
      </Tip>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" disabled={disabled}>
        <Button icon={<DownOutlined style={{ fontSize: 10 }} />} disabled={disabled} aria-label={t('do.closeAs')} />
      </Dropdown>
    </Space.Compact>
  )
}

/** Name, whether the customer is there, who holds it, and which colleagues look at it too. */
function Title({ item }: { item: ConversationItem }) {
  const t = useWords(inboxWords)
  const me = useMe()
  const names = useStaffNames()
  const { conversation, contact } = item
  const online = useStore(onlineStore).get(contact.id)
  const viewers = (useStore(viewersStore).get(conversation.id) ?? []).filter((id) => id !== me.id)
  const assignee = conversation.assigneeId ? names.agents.get(conversation.assigneeId)?.name : undefined
  const viewing = viewers.map((id) => names.agents.get(id)?.name ?? '').filter(Boolean)
  const parts = [
    online === undefined ? '' : online ? t('thread.online') : t('thread.offline'),
    `#${conversation.number}`,
    names.inboxes.get(conversation.inboxId)?.name ?? '',
    assignee ? t('assign.to', { name: assignee }) : t('assign.nobody'),
  ].filter(Boolean)
  return (
    <div className="q-thread-title">
      <h2 className="q-thread-name">{contactName(contact)}</h2>
      <span className="q-thread-sub">
        {online ? <span className="q-online-dot" /> : null}
        {parts.join(' · ')}
        {viewing.length > 0 ? (
          <span className="q-viewing"> · {t('thread.viewing', { names: joined(viewing) })}</span>
        ) : null}
      </span>
    </div>
  )
}
