import { type InputOf, type Queue, pauseQueue, setAgentState, setPriority, takeOver } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../shared/api.ts'
import { newClientKey } from '../../shared/client-key.ts'
import { useWords } from '../../shared/i18n.ts'
import { useConfirm } from '../../shared/use-confirm.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { boardQuery } from './use-board.ts'
import { workKey } from './work-query.ts'
import { words } from './words.ts'

/** What a lead does from the board. Each is told by what it did, and what it changed is read again. */
export function useSupervision() {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const refresh = async (): Promise<void> => {
    await Promise.all([workKey, boardQuery.queryKey].map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  const run = useMutation({
    mutationFn: ({ act }: { act: () => Promise<unknown>; done: string }) => act(),
    onSuccess: async (_, { done }) => {
      feedback.done(done)
      await refresh()
    },
    // Whatever was refused was about something that has changed.
    onError: async (error) => {
      feedback.failed(error)
      await refresh()
    },
  })
  return {
    pause: ({ id, name }: Queue, paused: boolean): void =>
      confirm({
        title: t(paused ? 'pauseTitle' : 'resumeTitle', { queue: name }),
        text: t(paused ? 'pauseText' : 'resumeText'),
        ok: t(paused ? 'pause' : 'resume'),
        danger: paused,
        run: () =>
          run.mutateAsync({
            act: async () => {
              await call(pauseQueue, { params: { id }, body: { paused } })
              await client.invalidateQueries({ queryKey: ['routing'] })
            },
            done: t(paused ? 'pausedDone' : 'resumedDone'),
          }),
      }),
    prioritise: (id: string, body: InputOf<typeof setPriority>['body']): void =>
      run.mutate({
        act: () => call(setPriority, { params: { id }, body }),
        done: t('front' in body ? 'frontDone' : 'priorityDone'),
      }),
    takeOver: (conversationId: string, customer: string, agent: string): void =>
      confirm({
        title: t('takeTitle', { customer }),
        text: t('takeText', { agent }),
        ok: t('take'),
        danger: false,
        run: () =>
          run.mutateAsync({
            act: () => call(takeOver, { params: { id: conversationId }, body: { clientKey: newClientKey() } }),
            done: t('taken'),
          }),
      }),
    setState: (id: string, body: InputOf<typeof setAgentState>['body'], agent: string, state: string): void =>
      run.mutate({
        act: () => call(setAgentState, { params: { id }, body }),
        done: t('stateDone', { agent, state }),
      }),
  }
}
