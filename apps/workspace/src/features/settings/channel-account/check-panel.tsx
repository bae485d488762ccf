import {
  type ChannelInfo,
  checkChannelAccount,
  connectChannelAccount,
  type DeliveryProblem,
  disconnectChannelAccount,
} from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { accountsQuery } from '../channels/channels-query.ts'
import { ProblemNote } from '../channels/problem-note.tsx'
import { statusQuery } from './account-query.ts'
import { FindingList } from './finding-list.tsx'
import { words as accountWords } from './words.ts'

interface CheckPanelProps {
  inboxId: string
  info: ChannelInfo
  /** Nothing was saved yet, or something is being changed: what is saved is not what stands there. */
  waits: 'unset' | 'dirty' | null
}

/** Asks the provider whether it works, and tells it where to call. */
export function CheckPanel({ inboxId, info, waits }: CheckPanelProps) {
  const t = useWords(accountWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const params = { id: inboxId }
  const check = useMutation({
    mutationFn: () => call(checkChannelAccount, { params }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: accountsQuery.queryKey })
      void client.invalidateQueries({ queryKey: statusQuery(inboxId).queryKey })
    },
    onError: feedback.failed,
  })
  const tell = useMutation({
    mutationFn: async (on: boolean): Promise<DeliveryProblem | null> => {
      const { problem } = await call(on ? connectChannelAccount : disconnectChannelAccount, { params })
      return problem
    },
    onSuccess: (problem, on) => {
      if (!problem) feedback.done(t(on ? 'connected' : 'disconnected'))
      // What the provider says now is what counts.
      if (on || check.data) check.mutate()
    },
    onError: feedback.failed,
  })
  const busy = check.isPending || tell.isPending
  const disconnect = (): void =>
    confirm({
      title: t('disconnectTitle'),
      text: t('disconnectText'),
      ok: t('disconnect'),
      run: () => tell.mutateAsync(false),
    })
  return (
    <Section title={info.connects ? t('checkAndConnect') : t('check')} hint={t('checkHint')}>
      <div className="st-actions">
        {info.connects ? (
          <Button
            type="primary"
            disabled={waits !== null || (busy && !tell.isPending)}
            loading={tell.isPending && tell.variables}
            onClick={() => tell.mutate(true)}
          >
            {t('connect')}
          </Button>
        ) : null}
        <Button
          {...(info.connects ? {} : { type: 'primary' as const })}
          disabled={waits !== null || tell.isPending}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('checkNow')}
        </Button>
        {info.connects ? (
          <Button danger type="text" disabled={waits !== null || busy} onClick={disconnect}>
            {t('disconnect')}
          </Button>
        ) : null}
      </div>
      {waits ? <p className="q-quiet">{t(`waits.${waits}`)}</p> : null}
      <div aria-live="polite">
        {tell.data ? (
          <p className="st-finding is-wrong">
            <b>{t('wrong')}</b>
            <span>
              <ProblemNote problem={tell.data} />
            </span>
          </p>
        ) : null}
        {check.data && !check.isPending ? <FindingList findings={check.data.findings} /> : null}
      </div>
    </Section>
  )
}
