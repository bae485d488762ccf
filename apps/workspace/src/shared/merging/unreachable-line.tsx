import { type DeliveryProblem, markReachable } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { call } from '../api.ts'
import { contactKey } from '../contacts.ts'
import { explain } from '../error-words.ts'
import { useWords } from '../i18n.ts'
import { useCan } from '../session.ts'
import { mergingWords } from './words.ts'
import { ProblemDetail } from '../problem-detail.tsx'

interface UnreachableLineProps {
  identityId: string
  contactId: string | undefined
  problem: DeliveryProblem
}

/** What was sent there came back: nothing more goes there until somebody who knows better says so. */
export function UnreachableLine({ identityId, contactId, problem }: UnreachableLineProps) {
  const t = useWords(mergingWords)
  const client = useQueryClient()
  const may = useCan('contacts.write')
  const { message } = App.useApp()
  const enable = async (id: string): Promise<void> => {
    try {
      await call(markReachable, { params: { id, identityId } })
      void client.invalidateQueries({ queryKey: contactKey(id) })
      void client.invalidateQueries({ queryKey: ['reply-policy'] })
      void message.success(t('reachable'))
    } catch (error) {
      void message.error(explain(error))
    }
  }
  return (
    <span className="q-unreachable">
      {t('unreachable')}
      <ProblemDetail problem={problem} />
      {may && contactId !== undefined ? (
        <button type="button" onClick={() => void enable(contactId)}>
          {t('enable')}
        </button>
      ) : null}
    </span>
  )
}
