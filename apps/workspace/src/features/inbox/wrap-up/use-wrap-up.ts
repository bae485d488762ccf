import { extendWrapUp, wrapUp } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { myRoutingQuery } from '../../../shared/routing/my-routing.ts'

export interface WrapUpWords {
  dispositionId: string | null
  note: string
}

/** Ends or extends one piece of after-contact work. One key for all tries, so that a repeat ends it once. */
export function useWrapUp(itemId: string, onDone: () => void) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const [clientKey] = useState(newClientKey)
  const params = { id: itemId }
  const again = (): void => void client.invalidateQueries({ queryKey: myRoutingQuery.queryKey })
  const onError = (error: unknown): void => {
    void message.error(explain(error))
    if (hasCode(error, 'wrap-up-over')) again()
  }
  const finish = useMutation({
    mutationFn: ({ dispositionId, note }: WrapUpWords) =>
      call(wrapUp, { params, body: { clientKey, dispositionId, ...(note ? { note } : {}) } }),
    onSuccess: () => {
      again()
      onDone()
    },
    onError,
  })
  const extend = useMutation({ mutationFn: () => call(extendWrapUp, { params }), onSuccess: again, onError })
  return { finish, extend }
}
