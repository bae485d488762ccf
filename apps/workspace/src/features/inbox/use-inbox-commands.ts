import { can, conversationViews, type ConversationItem, type ConversationView } from '@qiao/protocol'
import { type Command, useCommands } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { useMe } from '../../shared/session.ts'
import type { Held } from '../../shared/use-held.ts'
import type { OpenAction } from './actions/thread-actions.tsx'
import { type CloseReason, type ConversationActions, mayConsult, mayTouch } from './actions/use-conversation-actions.ts'
import { useTakeOver } from './actions/use-take-over.ts'
import type { ComposerHandle } from './composer/composer.tsx'
import { joinedWords } from './joined/words.ts'
import { workWords } from './work-words.ts'
import { assignKeys } from './assign-keys.ts'
import { inboxWords } from './words.ts'

interface InboxCommandsInput {
  item: ConversationItem | undefined
  actions: ConversationActions
  composer: Held<ComposerHandle>
  move: (step: 1 | -1) => void
  onOpenAction: (action: OpenAction) => void
  onClose: (reason?: CloseReason) => void
  onPanel: () => void
  onView: (view: ConversationView) => void
  onFind: () => void
}

/** Everything that can be done from the inbox by a key or from the palette. */
export function useInboxCommands(input: InboxCommandsInput): void {
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const joined = useWords(joinedWords)
  const me = useMe()
  const takeOver = useTakeOver(input.item?.conversation, input.actions)
  const { item, actions, composer } = input
  useCommands(() => {
    const list = t('group.list')
    const commands: Command[] = [
      { id: 'next', title: t('do.next'), group: list, keys: 'j', run: () => input.move(1) },
      { id: 'previous', title: t('do.previous'), group: list, keys: 'k', run: () => input.move(-1) },
      { id: 'find', title: t('do.find'), group: list, keys: '/', run: input.onFind },
      ...conversationViews.map((view, at) => ({
        id: `view-${view}`,
        title: t('do.view', { view: t(`view.${view}`) }),
        group: list,
        keys: String(at + 1),
        run: () => input.onView(view),
      })),
    ]
    if (item) {
      const group = t('group.conversation')
      const { state, assigneeId } = item.conversation
      commands.push(
        {
          id: 'reply',
          title: t('do.reply'),
          group,
          keys: 'r',
          run: () => composer.once((held) => held.focus('reply')),
        },
        { id: 'note', title: t('do.note'), group, keys: 'n', run: () => composer.once((held) => held.focus('note')) },
        { id: 'attach', title: t('do.attach'), group, keys: 'u', run: () => composer.once((held) => held.attach()) },
        { id: 'tags', title: t('do.tags'), group, keys: 'l', run: () => input.onOpenAction('tags') },
        { id: 'panel', title: t('do.panel'), group, keys: 'i', run: input.onPanel },
        { id: 'unread', title: t('do.unread'), group, keys: 'shift+u', run: () => void actions.markRead(0, true) },
      )
      commands.push({ id: 'why', title: work('do.why'), group, keys: 'y', run: () => input.onOpenAction('why') })
      if (can(me.role, 'routing.supervise') && state === 'open' && assigneeId && assigneeId !== me.id) {
        commands.push(
          {
            id: 'whisper',
            title: work('do.whisper'),
            group,
            keys: 'w',
            run: () => composer.once((held) => held.focus('whisper')),
          },
          { id: 'join', title: work('do.join'), group, keys: 'shift+j', run: () => void actions.addParticipant(me.id) },
          { id: 'take-over', title: work('do.takeOver'), group, keys: 'shift+t', run: takeOver },
        )
      }
      if (mayConsult(item, me)) {
        const run = (): void => input.onOpenAction('consult')
        commands.push({ id: 'consult', title: work('do.consult'), group, keys: 'c', run })
      }
      if (mayTouch(item, me) && state === 'open') {
        const run = (): void => input.onOpenAction('invite')
        commands.push({ id: 'invite', title: work('do.invite'), group, keys: 'g', run })
      }
      const { mergedIntoId } = item.conversation
      if (mayTouch(item, me) && mergedIntoId === null) {
        const run = (): void => input.onOpenAction('merge')
        commands.push({ id: 'merge', title: joined('do.merge'), group, keys: 'shift+m', run })
      }
      if (mayTouch(item, me)) {
        commands.push(
          {
            id: 'assign',
            title: t('do.assign'),
            group,
            keys: assignKeys(item.conversation),
            run: () => input.onOpenAction('assign'),
          },
          { id: 'transfer', title: t('do.transfer'), group, keys: 't', run: () => input.onOpenAction('transfer') },
        )
        if (assigneeId !== me.id) {
          commands.push({
            id: 'mine',
            title: t('do.assignMe'),
            group,
            keys: 'm',
            run: () => void actions.assign(me.id),
          })
        }
        if (state !== 'closed')
          commands.push({ id: 'close', title: t('do.close'), group, keys: 'e', run: () => input.onClose() })
        if (state === 'open') {
          commands.push({
            id: 'snooze',
            title: t('do.snooze'),
            group,
            keys: 's',
            run: () => input.onOpenAction('snooze'),
          })
        }
      }
      if (state === 'closed' && mergedIntoId === null)
        commands.push({ id: 'reopen', title: t('do.reopen'), group, keys: 'o', run: () => void actions.reopen() })
      if (state === 'snoozed')
        commands.push({ id: 'wake', title: t('do.wake'), group, keys: 's', run: () => void actions.wake() })
    }
    return commands
  })
}
