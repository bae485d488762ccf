import { useQuery } from '@tanstack/react-query'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { worded } from '../../../shared/worded.ts'
import { outletsQuery } from '../composer/via-select.tsx'
import { sessionMove } from './session-move.ts'
import type { ConversationActions } from './use-conversation-actions.ts'

/** An entry of the menu where the channel has sessions. Asks first: it cannot be taken back. */
export function useSessionItem(id: string, may: boolean, actions: ConversationActions) {
  const confirm = useConfirm()
  const { data } = useQuery(outletsQuery(id))
  const move = may ? sessionMove(data?.find(({ own }) => own)) : null
  if (!move) return []
  const label = worded(move.label)
  const onClick = (): void =>
    confirm({ title: label, text: worded(move.ask), ok: label, run: () => actions.moveSession(move.to) })
  return [{ key: 'session', label, onClick }]
}
