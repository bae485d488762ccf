import { type dismissMessage, type giveUpMessage, type MessageEntry, resendMessage, type tryNow } from '@qiao/protocol'
import { App } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { deliveryWords } from '../delivery-words.ts'

export type Outgoing = NonNullable<NonNullable<MessageEntry['revision']>['outgoing']>
type OfMessage = typeof dismissMessage | typeof giveUpMessage | typeof resendMessage | typeof tryNow

/** What can be done about a message that had trouble. Gives whether it was done; refusals are told. */
export function useRemedy({ conversationId, id }: MessageEntry) {
  const { message } = App.useApp()
  return async (endpoint: OfMessage): Promise<boolean> => {
    try {
      await call(endpoint, { params: { id: conversationId }, body: { clientKey: newClientKey(), targetId: id } })
      return true
    } catch (error) {
      void message.error(explain(error))
      return false
    }
  }
}

/** Sends it once more. Of one that may have arrived a person decides, knowing it: the customer could read the same words twice. */
export function useResend(entry: MessageEntry, isUnsure: boolean) {
  const words = useWords(deliveryWords)
  const { modal } = App.useApp()
  const act = useRemedy(entry)
  return () => {
    if (!isUnsure) return act(resendMessage)
    return void modal.confirm({
      title: words('resendAsk'),
      okText: words('resend'),
      onOk: async () => void (await act(resendMessage)),
    })
  }
}

/** One press is one command: until it is answered another one does nothing. */
export function Remedy({ words, onPress }: { words: string; onPress: () => Promise<unknown> | void }) {
  const [isBusy, setBusy] = useState(false)
  const press = async (): Promise<void> => {
    setBusy(true)
    try {
      await onPress()
    } finally {
      setBusy(false)
    }
  }
  return (
    <button
      type="button"
      className="q-remedy"
      aria-disabled={isBusy}
      onClick={() => (isBusy ? undefined : void press())}
    >
      {words}
    </button>
  )
}
