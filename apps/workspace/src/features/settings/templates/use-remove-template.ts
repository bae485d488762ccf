import { type DeliveryProblem, type MessageTemplate, removeTemplate } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { templatesQuery } from '../../../shared/templates/templates-query.ts'
import { titleOf } from '../../../shared/templates/title-of.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words } from './words.ts'

interface Removing {
  /** Asks first. */
  remove: (template: MessageTemplate) => void
  /** Why the provider did not. */
  refusal: DeliveryProblem | null
}

export function useRemoveTemplate(inboxId: string): Removing {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const removing = useMutation({
    mutationFn: (name: string) => call(removeTemplate, { params: { id: inboxId, name } }),
    onSuccess: async ({ problem }) => {
      await client.invalidateQueries({ queryKey: templatesQuery(inboxId).queryKey })
      if (!problem) feedback.done(t('removed'))
    },
    onError: feedback.failed,
  })
  const remove = (template: MessageTemplate): void =>
    confirm({
      title: t('removeTitle', { name: titleOf(template) }),
      text: t('removeText'),
      ok: t('remove'),
      run: () => removing.mutateAsync(template.name),
    })
  return { remove, refusal: removing.data?.problem ?? null }
}
