import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words } from '../words.ts'

type Key =
  | 'pause'
  | 'pauseText'
  | 'paused'
  | 'pausedNow'
  | 'resume'
  | 'resumed'
  | 'remove'
  | 'removeTitle'
  | 'removeText'

interface FateProps {
  t: (key: Key, parameters?: { name: string }) => string
  name: string
  paused: boolean
  pause: (paused: boolean) => Promise<void>
  /** Asked for and agreed to; it looks after its own refusals. */
  remove: () => Promise<unknown>
  children?: ReactNode
}

/** Pausing and deleting an inbox or a queue work at once: they are not part of the draft. */
export function Fate({ t, name, paused, pause, remove, children }: FateProps) {
  const s = useWords(words)
  const feedback = useFeedback()
  const confirm = useConfirm()
  const pausing = useMutation({
    mutationFn: pause,
    onSuccess: (_, on) => feedback.done(t(on ? 'paused' : 'resumed')),
    onError: feedback.failed,
  })
  const askPause = (): void =>
    confirm({
      title: t('pause'),
      text: t('pauseText'),
      ok: t('pause'),
      danger: false,
      run: () => pausing.mutateAsync(true),
    })
  const askRemove = (): void =>
    confirm({ title: t('removeTitle', { name }), text: t('removeText'), ok: s('delete'), run: remove })
  return (
    <div style={{ marginBlockStart: 28 }}>
      {paused ? <p className="q-state-warn">{t('pausedNow')}</p> : null}
      <div className="st-actions">
        {paused ? (
          <Button loading={pausing.isPending} onClick={() => pausing.mutate(false)}>
            {t('resume')}
          </Button>
        ) : (
          <Button onClick={askPause}>{t('pause')}</Button>
        )}
        <Button danger onClick={askRemove}>
          {t('remove')}
        </Button>
      </div>
      {children}
    </div>
  )
}
