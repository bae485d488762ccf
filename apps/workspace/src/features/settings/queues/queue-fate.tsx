import { type Queue, deleteQueue, pauseQueue } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useQueues } from '../../../shared/staff.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** Pausing and deleting work at once: they are not part of the draft. */
export function QueueFate({ queue }: { queue: Queue }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshRouting()
  const refreshStaff = useRefreshStaff()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const others = useQueues().filter((one) => one.id !== queue.id)
  const [asking, setAsking] = useState(false)
  const [moveTo, setMoveTo] = useState('')
  const pause = useMutation({
    mutationFn: (paused: boolean) => call(pauseQueue, { params: { id: queue.id }, body: { paused } }),
    onSuccess: async (_, paused) => {
      await refresh()
      feedback.done(t(paused ? 'paused' : 'resumed'))
    },
    onError: feedback.failed,
  })
  const remove = useMutation({
    mutationFn: (to: string | null) =>
      call(deleteQueue, { params: { id: queue.id }, query: to === null ? {} : { moveTo: to } }),
    onSuccess: async () => {
      await navigate({ href: '/settings/queues', ignoreBlocker: true })
      await Promise.all([refresh(), refreshStaff()])
      feedback.done(s('deleted'))
    },
    onError: (error) => {
      if (hasCode(error, 'queue-not-empty')) setAsking(true)
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
      title: t('removeTitle', { name: queue.name }),
      text: t('removeText'),
      ok: s('delete'),
      run: () => remove.mutateAsync(null),
    })
  return (
    <div style={{ marginBlockStart: 28 }}>
      {queue.pausedAt ? <p className="q-state-warn">{t('pausedNow')}</p> : null}
      <div className="st-actions">
        {queue.pausedAt ? (
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
      <Modal
        open={asking}
        title={t('moveTitle', { name: queue.name })}
        okText={t('moveAndRemove')}
        okButtonProps={{ danger: true, disabled: moveTo === '', loading: remove.isPending }}
        cancelText={s('cancel')}
        onOk={() => remove.mutate(moveTo)}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <p>{t(others.length > 0 ? 'moveText' : 'moveNone')}</p>
        {others.length > 0 ? (
          <ChoiceField label={t('moveTo')} value={moveTo} onChange={setMoveTo} options={optionsOf(others)} />
        ) : null}
      </Modal>
    </div>
  )
}
