import { listDeadLetters, replayDeadLetter, replayDeadLetters } from '@qiao/protocol'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { DataTable } from '../../../shared/data-table.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime } from '../../../shared/time.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { type DeadLetter, statusQuery } from './account-query.ts'
import { LetterPanel } from './letter-panel.tsx'
import { fateKey, LetterState, useFate } from './letter-state.tsx'
import { LetterReason } from './letter-reason.tsx'
import { statusWords } from './status-words.ts'

const directions = ['all', 'in', 'out'] as const
type Direction = (typeof directions)[number]

export function DeadLetters({ inboxId }: { inboxId: string }) {
  const t = useWords(statusWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const [direction, setDirection] = useState<Direction>('all')
  const [shown, setShown] = useState<DeadLetter | null>(null)
  const [replayed, setReplayed] = useState<ReadonlySet<string>>(new Set())
  const letters = useInfiniteQuery({
    queryKey: ['dead-letters', inboxId, direction],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDeadLetters,
        {
          params: { id: inboxId },
          query: {
            limit: 20,
            ...(direction === 'all' ? {} : { direction }),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    // What was replayed stays in sight with its result until somebody asks anew.
    refetchOnWindowFocus: false,
  })
  const replay = useMutation({
    mutationFn: (letterId: string) => call(replayDeadLetter, { params: { id: inboxId, letterId } }),
    onSuccess: async (_, letterId) => {
      setReplayed((before) => new Set([...before, letterId]))
      await Promise.all([
        client.invalidateQueries({ queryKey: fateKey(inboxId, letterId) }),
        client.invalidateQueries({ queryKey: statusQuery(inboxId).queryKey }),
      ])
    },
    onError: feedback.failed,
  })
  const ask = (letter: DeadLetter): void => {
    // Of a message that may have arrived, only a person can decide.
    if (letter.direction === 'in' || letter.state === 'failed') return replay.mutate(letter.id)
    confirm({
      title: t('replayTitle'),
      text: t('replayText'),
      ok: t('replay'),
      danger: false,
      run: () => replay.mutateAsync(letter.id),
    })
  }
  const refresh = async (): Promise<void> => {
    setReplayed(new Set())
    await letters.refetch()
  }
  const replayAll = useMutation({
    mutationFn: () => call(replayDeadLetters, { params: { id: inboxId }, body: { direction: 'in' } }),
    onSuccess: async ({ count }) => {
      feedback.done(t('replayedAll', { count }))
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: statusQuery(inboxId).queryKey })])
    },
    onError: feedback.failed,
  })
  const askForAll = (): void =>
    confirm({
      title: t('replayAllTitle'),
      text: t('replayAllText'),
      ok: t('replayAll'),
      danger: false,
      run: () => replayAll.mutateAsync(),
    })
  const stateOf = (letter: DeadLetter) => (
    <LetterState inboxId={inboxId} letter={letter} replayed={replayed.has(letter.id)} />
  )
  const replayButton = (letter: DeadLetter, main = false) => (
    <ReplayButton
      inboxId={inboxId}
      letter={letter}
      replayed={replayed.has(letter.id)}
      loading={replay.isPending && replay.variables === letter.id}
      main={main}
      onClick={() => ask(letter)}
    />
  )
  return (
    <Section
      title={t('letters')}
      hint={t('lettersHint')}
      actions={
        <>
          {letters.data?.some((letter) => letter.direction === 'in') ? (
            <Button size="small" onClick={askForAll}>
              {t('replayAll')}
            </Button>
          ) : null}
          <Button size="small" loading={letters.isRefetching} onClick={() => void refresh()}>
            {t('refresh')}
          </Button>
        </>
      }
    >
      <div className="st-filter">
        <Segmented<Direction>
          aria-label={t('direction')}
          value={direction}
          onChange={setDirection}
          options={directions.map((one) => ({ value: one, label: t(`direction.${one}`) }))}
        />
      </div>
      <DataTable
        query={letters}
        empty={<p className="q-quiet">{t('lettersEmpty')}</p>}
        columns={[
          { title: t('time'), render: (letter) => <When at={letter.at} /> },
          { title: t('direction'), render: (letter) => t(`direction.${letter.direction}`) },
          { title: t('reason'), render: (letter) => <LetterReason letter={letter} /> },
          { title: t('state'), render: stateOf },
          {
            title: t('replay'),
            actions: true,
            render: (letter) => (
              <>
                <Button
                  size="small"
                  type="text"
                  aria-label={t('showOf', { time: dateTime(letter.at) })}
                  onClick={() => setShown(letter)}
                >
                  {t('show')}
                </Button>
                {replayButton(letter)}
              </>
            ),
          },
        ]}
      />
      {shown ? (
        <LetterPanel
          letter={shown}
          state={stateOf(shown)}
          onClose={() => setShown(null)}
          action={replayButton(shown, true)}
        />
      ) : null}
    </Section>
  )
}

interface ReplayButtonProps {
  inboxId: string
  letter: DeadLetter
  replayed: boolean
  loading: boolean
  /** Of the panel, rather than of one row among many. */
  main: boolean
  onClick: () => void
}

function ReplayButton({ inboxId, letter, replayed, loading, main, onClick }: ReplayButtonProps) {
  const t = useWords(statusWords)
  const { state } = useFate(inboxId, letter, replayed)
  return (
    <Button
      {...(main ? { type: 'primary' as const } : { size: 'small' as const })}
      aria-label={t('replayOf', { time: dateTime(letter.at) })}
      loading={loading}
      disabled={replayed && state !== 'failed' && state !== 'unknown'}
      onClick={onClick}
    >
      {t('replay')}
    </Button>
  )
}
