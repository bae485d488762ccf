import { App } from 'antd'
import { useMemo } from 'react'
import { explainAuth } from './auth-words.ts'

/** A short word after an action: what was done, or why it was not. */
export function useFeedback(): { done: (text: string) => void; failed: (error: unknown) => void } {
  const { message } = App.useApp()
  return useMemo(
    () => ({
      done: (text: string) => void message.success(text),
      failed: (error: unknown) => void message.error(explainAuth(error), 6),
    }),
    [message],
  )
}
