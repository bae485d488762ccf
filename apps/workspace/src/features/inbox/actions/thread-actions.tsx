import { RedoOutlined } from '@ant-design/icons'
import { type Conversation, can } from '@qiao/protocol'
import { App, Button } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents } from '../../../shared/staff.ts'
import { Tip } from '../../../shared/tip.tsx'
import { dateTime } from '../../../shared/time.ts'
import { useMedia } from '../../../shared/use-media.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { inboxWords } from '../words.ts'
import { ActionPopover } from './action-popover.tsx'
import { AssignMenu } from './assign-menu.tsx'
import { CloseButton } from './close-button.tsx'
import { HandOver, type Handed } from './hand-over/hand-over.tsx'
import { type HandMode, handModes } from './hand-over/targets.ts'
import { MoreMenu, PanelButton } from './more-menu.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { TagsEditor } from './tags-editor.tsx'
import type { CloseReason, ConversationActions } from './use-conversation-actions.ts'

export type OpenAction = 'assign' | HandMode | 'snooze' | 'tags' | 'why' | 'merge' | null
const handModeOf = (action: OpenAction): HandMode | undefined => handModes.find((mode) => mode === action)

interface ThreadActionsProps extends Handed {
  state: Conversation['state']
  tags: string[]
  /** Goes on in another one. */
  merged: boolean
  may: boolean
  assignKeys: string
  mayConsult: boolean
  actions: ConversationActions
  open: OpenAction
  onOpen: (action: OpenAction) => void
  onClose: (reason?: CloseReason) => void
  panelShown: boolean
  onPanel: () => void
}

/** Told only what it shows: a message that arrives must not draw all these buttons anew, nor another conversation. */
export const ThreadActions = memo(function ThreadActions(props: ThreadActionsProps) {
  const { id, state, assigneeId, participantIds, queueId, tags, may, mayConsult, actions, open, onOpen } = props
  const t = useWords(inboxWords)
  const me = useMe()
  const agents = useAgents()
  const { message } = App.useApp()
  const handMode = handModeOf(open)
  const done = (): void => onOpen(null)
  const onUnread = useStable(() => void actions.markRead(0, true))
  const onMine = useStable(() => void actions.assign(me.id))
  // On a phone there is room for it only across the screen.
  const placement = useMedia('(width < 600px)') ? 'bottom' : 'bottomRight'
  const shared = { placement, onOpen } as const
  return (
    <div className="q-thread-acts" role="toolbar" aria-label={t('group.conversation')}>
      <ActionPopover {...shared} action="assign" keys={props.assignKeys} disabled={!may} open={open === 'assign'}>
        {open === 'assign' ? (
          <AssignMenu
            agents={agents}
            meId={me.id}
            currentId={assigneeId}
            mayAssignOthers={can(me.role, 'conversations.assign-others')}
            onAssign={(agentId) => {
              done()
              void actions.assign(agentId)
            }}
          />
        ) : null}
      </ActionPopover>
      <ActionPopover {...shared} action="transfer" disabled={!may} open={handMode !== undefined}>
        {handMode === undefined ? null : (
          <HandOver
            key={id}
            handed={{ id, assigneeId, participantIds, queueId }}
            mode={handMode}
            onMode={onOpen}
            actions={actions}
            onDone={done}
          />
        )}
      </ActionPopover>
      <ActionPopover {...shared} action="tags" disabled={false} open={open === 'tags'}>
        {open === 'tags' ? <TagsEditor tags={tags} onChange={(add, remove) => void actions.tag(add, remove)} /> : null}
      </ActionPopover>
      {state === 'open' ? (
        <ActionPopover {...shared} action="snooze" disabled={!may} open={open === 'snooze'}>
          {open === 'snooze' ? (
            <SnoozeMenu
              onSnooze={(until) => {
                done()
                void actions
                  .snooze(until)
                  .then((ok) => ok && message.success(t('snooze.done', { time: dateTime(until.getTime()) })))
              }}
            />
          ) : null}
        </ActionPopover>
      ) : null}
      <MoreMenu
        id={id}
        session={props.merged || !may ? null : state}
        actions={actions}
        mayConsult={mayConsult}
        mayMerge={!props.merged && may}
        mayInvite={state === 'open' && may}
        mayTake={state === 'open' && assigneeId !== me.id && may}
        onOpen={onOpen}
        onUnread={onUnread}
        onMine={onMine}
      />
      {props.merged ? null : state === 'closed' ? (
        <Tip title={t('do.reopen')} keys="o">
          <Button icon={<RedoOutlined />} onClick={() => void actions.reopen()}>
            {t('do.reopen')}
          </Button>
        </Tip>
      ) : (
        <CloseButton disabled={!may} onClose={props.onClose} />
      )}
      <PanelButton shown={props.panelShown} onPanel={props.onPanel} />
    </div>
  )
})
