import type { Conversation } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { worded } from '../../../shared/worded.ts'
import { outletsQuery } from '../composer/via-select.tsx'
import { sessionMove } from './session-move.ts'
import type { ConversationActions } from './use-conversation-actions.ts'

/** An entry of the menu where the channel has sessions. Asks first: it cannot be taken back. */
export function useSessionItem(id: string, state: Conversation['state'] | null, actions: ConversationActions) {
  const confirm = useConfirm()
  const { data } = useQuery(outletsQuery(id))
  const move = sessionMove(data?.find(({ own }) => own))
  // What is with people there was closed here, and can be taken back all the same.
  if (!move || state === null || (state === 'closed' && move.to === 'theirs')) return []
  const label = worded(move.label)
  const onClick = (): void =>
    confirm({ title: label, text: worded(move.ask), ok: label, run: () => actions.moveSession(move.to) })
  return [{ key: 'session', label, onClick }]
}
