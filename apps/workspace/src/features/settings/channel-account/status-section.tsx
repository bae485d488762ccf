import { type ChannelStatus, type Inbox, updateInbox } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { Section } from '../../../shared/page-frame.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { AccountStateMark } from '../channels/account-state.tsx'
import { ProblemNote } from '../channels/problem-note.tsx'
import { words as editorWords } from '../inbox-editor/words.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { statusQuery } from './account-query.ts'
import { DeadLetters } from './dead-letters.tsx'
import { statusWords } from './status-words.ts'
import { words as accountWords } from './words.ts'

export function StatusSection({ inbox }: { inbox: Inbox }) {
  const t = useWords(statusWords)
  const status = useQuery(statusQuery(inbox.id))
  return (
    <Load query={status}>
      {(shown) => (
        <>
          <Section title={t('now')} actions={<PauseButton inbox={inbox} />}>
            <Facts inboxId={inbox.id} status={shown} />
          </Section>
          <Counts status={shown} />
          <DeadLetters inboxId={inbox.id} />
        </>
      )}
    </Load>
  )
}

function PauseButton({ inbox }: { inbox: Inbox }) {
  const e = useWords(editorWords)
  const a = useWords(accountWords)
  const client = useQueryClient()
  const refresh = useRefreshStaff()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const pausing = useMutation({
    mutationFn: async (paused: boolean) => {
      await call(updateInbox, { params: { id: inbox.id }, body: { paused } })
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: statusQuery(inbox.id).queryKey })])
    },
    onSuccess: (_, paused) => feedback.done(e(paused ? 'paused' : 'resumed')),
    onError: feedback.failed,
  })
  const ask = (): void =>
    confirm({
      title: e('pause'),
      text: a('pauseText'),
      ok: e('pause'),
      danger: false,
      run: () => pausing.mutateAsync(true),
    })
  return inbox.pausedAt ? (
    <Button type="primary" loading={pausing.isPending} onClick={() => pausing.mutate(false)}>
      {e('resume')}
    </Button>
  ) : (
    <Button loading={pausing.isPending} onClick={ask}>
      {e('pause')}
    </Button>
  )
}

function Facts({ inboxId, status }: { inboxId: string; status: ChannelStatus }) {
  const t = useWords(statusWords)
  const { state, lastProblem, lastProblemAt, refused } = status
  const at = (time: string | null): ReactNode =>
    time ? <When at={time} /> : <span className="q-quiet">{t('never')}</span>
  return (
    <>
      <p className="st-status-state">
        <AccountStateMark state={state} />
        {state === 'failing' ? <span className="q-quiet"> · {t('failingText')}</span> : null}
        {state === 'unset' ? (
          <span className="q-quiet">
            {' · '}
            {t('unsetText')} <Link to={`/settings/inboxes/${inboxId}/connection`}>{t('openConnection')}</Link>
          </span>
        ) : null}
      </p>
      <dl className="st-facts">
        <dt>{t('lastReceived')}</dt>
        <dd>{at(status.lastReceivedAt)}</dd>
        <dt>{t('lastSent')}</dt>
        <dd>{at(status.lastSentAt)}</dd>
        <dt>{t('lastProblem')}</dt>
        <dd>
          {lastProblem ? (
            <>
              {lastProblemAt ? <When at={lastProblemAt} /> : null} <ProblemNote problem={lastProblem} />
            </>
          ) : (
            <span className="q-quiet">{t('noProblem')}</span>
          )}
        </dd>
        <dt>{t('refused')}</dt>
        <dd>
          {refused.count > 0 ? (
            <>
              {t('refusedCount', { count: refused.count })}
              {refused.lastAt ? (
                <span className="q-quiet">
                  {' · '}
                  {t('lastRefused')}
                  <When at={refused.lastAt} />
                </span>
              ) : null}
              {refused.last ? <span className="st-said">{refused.last}</span> : null}
              <span className="st-said">{t('refusedHint')}</span>
            </>
          ) : (
            <span className="q-quiet">{t('noProblem')}</span>
          )}
        </dd>
      </dl>
    </>
  )
}

const kinds = ['waiting', 'failed', 'unknown'] as const

function Counts({ status }: { status: ChannelStatus }) {
  const t = useWords(statusWords)
  const rows = [
    { key: 'in', counts: status.incoming },
    { key: 'out', counts: status.outgoing },
  ] as const
  return (
    <Section title={t('counts')} hint={t('unknownHint')}>
      <div className="q-table-scroll st-narrow-table">
        <table className="q-table">
          <thead>
            <tr>
              <th scope="col">{t('direction')}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col" className="st-number">
                  {t(kind)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, counts }) => (
              <tr key={key}>
                <th scope="row">{t(`direction.${key}`)}</th>
                {kinds.map((kind) => (
                  <td key={kind} className={`st-number ${counts[kind] > 0 && kind !== 'waiting' ? 'q-state-bad' : ''}`}>
                    {counts[kind]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
