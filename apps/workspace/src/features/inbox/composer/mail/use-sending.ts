import type { MailDraft, ScheduledReply } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { newClientKey } from '../../../../shared/client-key.ts'
import { serverNow } from '../../../../shared/server-time.ts'
import { scheduledQuery } from '../../mail/mail-queries.ts'
import type { Sending } from './send-mail.ts'
import { undoMs } from './send-times.ts'

/**
 * Sends once: the same mail tried again has the same key, one that was changed meanwhile is another. What waits is then
 * among those of the conversation, or, null, of those that begin one.
 */
export function useSending(
  conversationId: string | null,
  schedule: (mail: MailDraft, sending: Sending) => Promise<ScheduledReply>,
) {
  const client = useQueryClient()
  const [state, setState] = useState<{ sending: boolean; error: unknown }>({ sending: false, error: null })
  const tried = useRef<{ mail: MailDraft; clientKey: string } | null>(null)
  const send = async (mail: MailDraft, at: Date | null): Promise<boolean> => {
    if (state.sending) return false
    if (tried.current?.mail !== mail) tried.current = { mail, clientKey: newClientKey() }
    setState({ sending: true, error: null })
    try {
      const sendAt = at ?? new Date(serverNow() + undoMs)
      const scheduled = await schedule(mail, { clientKey: tried.current.clientKey, sendAt })
      client.setQueryData<ScheduledReply[]>(scheduledQuery(conversationId).queryKey, (held = []) => [
        ...held.filter(({ id }) => id !== scheduled.id),
        scheduled,
      ])
      setState({ sending: false, error: null })
      return true
    } catch (error) {
      setState({ sending: false, error })
      return false
    }
  }
  return { ...state, send }
}
