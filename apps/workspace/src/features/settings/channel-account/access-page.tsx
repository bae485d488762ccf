import { type DeliveryProblem, finishChannelAccess } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame, Section } from '../../../shared/page-frame.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ProblemNote } from '../channels/problem-note.tsx'
import { accountQuery } from './account-query.ts'
import { accessWords } from './access-words.ts'
import { answerIn } from './answer-in.ts'

/** Where the provider sends the browser back to: hands its answer over, once, and goes on to the inbox. */
export function AccessPage() {
  const t = useWords(accessWords)
  const navigate = useNavigate()
  const client = useQueryClient()
  const feedback = useFeedback()
  const { mutate, data, error } = useMutation({
    mutationFn: (body: NonNullable<ReturnType<typeof answerIn>>) => call(finishChannelAccess, { body }),
    onSuccess: ({ inboxId, problem }) => {
      if (problem || !inboxId) return
      feedback.done(t('done'))
      void client.invalidateQueries({ queryKey: accountQuery(inboxId).queryKey })
      void navigate({ to: `/settings/inboxes/${inboxId}/connection`, replace: true })
    },
    onError: feedback.failed,
  })
  const begun = useRef(false)
  const [answer] = useState(() => answerIn(window.location.search))
  useEffect(() => {
    if (begun.current || !answer) return
    begun.current = true
    // What becomes a token stands in no history.
    window.history.replaceState(window.history.state, '', window.location.pathname)
    mutate(answer)
  }, [answer, mutate])
  const problem: DeliveryProblem | null = data?.problem ?? (answer && !error ? null : { code: 'access-over' })
  if (!problem) {
    return (
      <PageFrame title={t('page')}>
        <p role="status">{t('working')}</p>
      </PageFrame>
    )
  }
  const inboxId = data?.inboxId
  return (
    <PageFrame title={t('page')}>
      <Section title={t('failed')}>
        <p role="alert">
          <ProblemNote problem={problem} />
        </p>
        {inboxId ? (
          <Link to={`/settings/inboxes/${inboxId}/connection`}>{t('back')}</Link>
        ) : (
          <Link to="/settings/inboxes">{t('toInboxes')}</Link>
        )}
      </Section>
    </PageFrame>
  )
}
