import { useMutation } from '@tanstack/react-query'
import { hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words } from '../words.ts'

interface Options<Draft> {
  save: () => Promise<{ version: number }>
  refresh: () => Promise<void>
  edited: { draft: Draft; saved: (sent: Draft, version: number) => void }
  /** Where to go on afterwards. */
  andThen?: () => Promise<void>
}

/**
 * Saves what is being edited over what is saved now, also over what somebody else saved meanwhile: that was shown before.
 * When it was not, it is fetched and shown, and the person decides whose it shall be.
 */
export function useSave<Draft>({ save, refresh, edited, andThen }: Options<Draft>) {
  const t = useWords(words)
  const feedback = useFeedback()
  return useMutation({
    mutationFn: save,
    onMutate: () => edited.draft,
    onSuccess: async ({ version }, _, sent) => {
      await refresh()
      edited.saved(sent, version)
      feedback.done(t('saved'))
      await andThen?.()
    },
    onError: async (error) => {
      if (hasCode(error, 'changed-meanwhile')) await refresh()
      else feedback.failed(error)
    },
  })
}
