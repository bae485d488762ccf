import { type ChannelInfo, type Inbox, deleteInbox, updateInbox } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { Fate } from '../parts/fate.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as accountWords } from '../channel-account/words.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export function InboxFate({ inbox, info }: { inbox: Inbox; info: ChannelInfo | null }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const a = useWords(accountWords)
  const refresh = useRefreshStaff()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const { message } = App.useApp()
  const pause = async (paused: boolean): Promise<void> => {
    await call(updateInbox, { params: { id: inbox.id }, body: { paused } })
    await refresh()
  }
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
  return (
    <Fate
      // What happens to customers is not the same where there is no window of ours.
      t={(key, parameters) => (info && (key === 'pauseText' || key === 'removeText') ? a(key) : t(key, parameters))}
      name={inbox.name}
      paused={inbox.pausedAt !== null}
      pause={pause}
      remove={() => remove.mutateAsync()}
    />
  )
}
