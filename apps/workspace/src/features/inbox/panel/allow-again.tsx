import { allowMessages, readReplyPolicy } from '@qiao/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { call } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useCan } from '../../../shared/session.ts'
import { TextButton } from '../../../shared/text-button.tsx'
import { inboxWords } from '../words.ts'

/** The provider refused messages to this customer, and our own book of it is all that forbids them. */
export function AllowAgain({ conversationId }: { conversationId: string }) {
  const t = useWords(inboxWords)
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const may = useCan('contacts.block')
  const queryKey = ['reply-policy', conversationId]
  const { data: policy } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(readReplyPolicy, { params: { id: conversationId } }, { signal }),
    staleTime: 60_000,
  })
  if (!policy?.allowable) return null
  const allow = async (): Promise<void> => {
    try {
      const now = await call(allowMessages, { params: { id: conversationId }, body: { clientKey: newClientKey() } })
      client.setQueryData(queryKey, now)
      void message.success(t('panel.allowedAgain'))
    } catch (error) {
      void message.error(explain(error))
    }
  }
  const ask = (): void => void modal.confirm({ title: t('panel.allowAsk'), okText: t('panel.allow'), onOk: allow })
  return (
    <div className="q-panel-refused">
      <span className="q-choice-note">
        {t(policy.why === 'opted-out' ? 'panel.refusedMessages' : 'panel.refusedPromotion')}
      </span>
      {may ? <TextButton words={t('panel.allow')} onClick={ask} /> : null}
    </div>
  )
}
