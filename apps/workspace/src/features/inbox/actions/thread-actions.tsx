import {
  ClockCircleOutlined,
  MoreOutlined,
  ProfileOutlined,
  RedoOutlined,
  SwapOutlined,
  TagOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { type Conversation, can } from '@qiao/protocol'
import { App, Button, Dropdown, Popover } from 'antd'
import { type ReactNode, memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents } from '../../../shared/staff.ts'
import { Tip } from '../../../shared/tip.tsx'
import { dateTime } from '../../../shared/time.ts'
import { useMedia } from '../../../shared/use-media.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import { AssignMenu } from './assign-menu.tsx'
import { CloseButton } from './close-button.tsx'
import { HandOver, type Handed } from './hand-over/hand-over.tsx'
import { type HandMode, handModes } from './hand-over/targets.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import { TagsEditor } from './tags-editor.tsx'
import type { CloseReason, ConversationActions } from './use-conversation-actions.ts'

export type OpenAction = 'assign' | HandMode | 'snooze' | 'tags' | 'why' | null
const handModeOf = (action: OpenAction): HandMode | undefined => handModes.find((mode) => mode === action)

interface ThreadActionsProps extends Handed {
  state: Conversation['state']
  tags: string[]
  may: boolean
  mayConsult: boolean
  actions: ConversationActions
  open: OpenAction
  onOpen: (action: OpenAction) => void
  onClose: (reason?: CloseReason) => void
  panelShown: boolean
  onPanel: () => void
}

/** Told only what it shows: a message that arrives must not draw all these buttons anew. */
export const ThreadActions = memo(function ThreadActions(props: ThreadActionsProps) {
  const {
    id,
    state,
    assigneeId,
    participantIds,
    queueId,
    tags,
    may,
    actions,
    open,
    onOpen,
    onClose,
    panelShown,
    onPanel,
  } = props
  const t = useWords(inboxWords)
  const me = useMe()
  const agents = useAgents()
  const work = useWords(workWords)
  const { message } = App.useApp()
  const handMode = handModeOf(open)
  const done = (): void => onOpen(null)
  // On a phone there is room for it only across the screen.
  const placement = useMedia('(width < 600px)') ? 'bottom' : 'bottomRight'
  const pop = (action: Exclude<OpenAction, null>, title: string, keys: string, icon: ReactNode, content: ReactNode) => (
    <Popover
      open={open === action || (action === 'transfer' && handMode !== undefined)}
      onOpenChange={(next) => onOpen(next ? action : null)}
      trigger="click"
      placement={placement}
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
    { key: 'why', label: work('do.why'), onClick: () => onOpen('why') },
    ...(props.mayConsult ? [{ key: 'consult', label: work('do.consult'), onClick: () => onOpen('consult') }] : []),
    ...(state === 'open' && may ? [{ key: 'invite', label: work('do.invite'), onClick: () => onOpen('invite') }] : []),
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
        <HandOver
          key={id}
          handed={{ id, assigneeId, participantIds, queueId }}
          mode={handMode ?? 'transfer'}
          onMode={onOpen}
          actions={actions}
          onDone={done}
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
