import type { Conversation } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { workWords } from '../work-words.ts'
import type { ConversationActions } from './use-conversation-actions.ts'

/** Asks first: the agent loses the conversation in the middle of it. */
export function useTakeOver(
  conversation: Pick<Conversation, 'assigneeId'> | undefined,
  actions: ConversationActions,
): () => void {
  const t = useWords(workWords)
  const confirm = useConfirm()
  const { agents } = useStaffNames()
  const assigneeId = conversation?.assigneeId ?? null
  return () => {
    const name = assigneeId ? (agents.get(assigneeId)?.name ?? '') : ''
    confirm({
      title: t('do.takeOver'),
      text: t('held.takeOverAsk', { name }),
      ok: t('held.takeOver'),
      danger: false,
      run: actions.takeOver,
    })
  }
}
