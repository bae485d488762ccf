import { type Inbox, deleteInbox, updateInbox } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** Pausing and deleting work at once: they are not part of the draft. */
export function InboxFate({ inbox }: { inbox: Inbox }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshStaff()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const { message } = App.useApp()
  const pause = useMutation({
    mutationFn: (paused: boolean) => call(updateInbox, { params: { id: inbox.id }, body: { paused } }),
    onSuccess: async (_, paused) => {
      await refresh()
      feedback.done(t(paused ? 'paused' : 'resumed'))
    },
    onError: feedback.failed,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteInbox, { params: { id: inbox.id } }),
    onSuccess: async () => {
      await navigate({ href: '/settings/inboxes', ignoreBlocker: true })
      await refresh()
      feedback.done(s('deleted'))
    },
    onError: (error) => {
      if (hasCode(error, 'conflict')) void message.error(t('removeConflict'), 6)
      else feedback.failed(error)
    },
  })
  const askPause = (): void =>
    confirm({
      title: t('pause'),
      text: t('pauseText'),
      ok: t('pause'),
      danger: false,
      run: () => pause.mutateAsync(true),
    })
  const askRemove = (): void =>
    confirm({
      title: t('removeTitle', { name: inbox.name }),
      text: t('removeText'),
      ok: s('delete'),
      run: () => remove.mutateAsync(),
    })
  return (
    <div style={{ marginBlockStart: 28 }}>
      {inbox.pausedAt ? <p className="q-state-warn">{t('pausedNow')}</p> : null}
      <div className="st-actions">
        {inbox.pausedAt ? (
          <Button loading={pause.isPending} onClick={() => pause.mutate(false)}>
            {t('resume')}
          </Button>
        ) : (
          <Button onClick={askPause}>{t('pause')}</Button>
        )}
        <Button danger onClick={askRemove}>
          {t('remove')}
        </Button>
      </div>
    </div>
  )
}
