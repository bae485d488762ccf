import type { ConversationItem } from '@qiao/protocol'
import { useCan, useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'

/** The name of the agent to whom the viewer, a lead, may whisper here; null where there is nobody or no right to. */
export function useWhisperTo(item: ConversationItem | undefined): string | null {
  const me = useMe()
  const leads = useCan('routing.supervise')
  const { agents } = useStaffNames()
  const { assigneeId, state } = item?.conversation ?? {}
  if (!leads || !assigneeId || assigneeId === me.id || state !== 'open') return null
  return agents.get(assigneeId)?.name ?? ''
}
