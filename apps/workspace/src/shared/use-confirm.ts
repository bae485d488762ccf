import { App } from 'antd'
import { useCallback } from 'react'
import { useWords } from './i18n.ts'
import { sharedWords } from './words.ts'

interface Question {
  title: string
  text: string
  /** The word on the button that does it. */
  ok: string
  danger?: boolean
  /** A mutation, which tells of its failure itself. */
  run: () => Promise<unknown>
}

/** Asks before something that cannot simply be undone. */
export function useConfirm(): (question: Question) => void {
  const t = useWords(sharedWords)
  const { modal } = App.useApp()
  return useCallback(
    ({ title, text, ok, danger = true, run }) => {
      modal.confirm({
        title,
        content: text,
        okText: ok,
        okButtonProps: { danger },
        cancelText: t('cancel'),
        onOk: () => run().catch(() => undefined),
      })
    },
    [modal, t],
  )
}
