import { type Queue, deleteQueue, pauseQueue } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useQueues } from '../../../shared/staff.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { Fate } from '../parts/fate.tsx'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export function QueueFate({ queue }: { queue: Queue }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshRouting()
  const refreshStaff = useRefreshStaff()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const others = useQueues().filter((one) => one.id !== queue.id)
  const [asking, setAsking] = useState(false)
  const [moveTo, setMoveTo] = useState('')
  const pause = async (paused: boolean): Promise<void> => {
    await call(pauseQueue, { params: { id: queue.id }, body: { paused } })
    await refresh()
  }
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
  return (
    <Fate
      t={t}
      name={queue.name}
      paused={queue.pausedAt !== null}
      pause={pause}
      remove={() => remove.mutateAsync(null)}
    >
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
    </Fate>
  )
}
