import { type OutputOf, readDeadLetter } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import type { DeadLetter } from './account-query.ts'
import { LetterReason } from './letter-reason.tsx'
import { statusWords } from './status-words.ts'

export const fateKey = (inboxId: string, letterId: string) => ['dead-letters', inboxId, 'fate', letterId]

type Fate = Pick<OutputOf<typeof readDeadLetter>, 'state' | 'reason' | 'problem'>

/** What became of it since it was replayed. */
export function useFate(inboxId: string, letter: DeadLetter, replayed: boolean): Fate {
  const { data } = useQuery({
    queryKey: fateKey(inboxId, letter.id),
    queryFn: ({ signal }) => call(readDeadLetter, { params: { id: inboxId, letterId: letter.id } }, { signal }),
    enabled: replayed,
    refetchInterval: (query) => (query.state.data?.state === 'waiting' ? 1_500 : false),
  })
  if (!replayed) return letter
  return data ?? { state: 'waiting', reason: null, problem: null }
}

const tones = {
  waiting: 'q-state-warn',
  done: 'q-state-good',
  failed: 'q-state-bad',
  unknown: 'q-state-warn',
  dismissed: 'q-quiet',
} as const satisfies Record<Fate['state'], string>

export function LetterState(props: { inboxId: string; letter: DeadLetter; replayed: boolean }) {
  const t = useWords(statusWords)
  const fate = useFate(props.inboxId, props.letter, props.replayed)
  const again = props.replayed && (fate.state === 'failed' || fate.state === 'unknown')
  return (
    <div role="status">
      <span className={`q-nowrap ${tones[fate.state]}`}>
        {again ? `${t('again')} · ${t(`state.${fate.state}`)}` : t(`state.${fate.state}`)}
      </span>
      {again ? (
        <div className="q-quiet">
          <LetterReason letter={fate} />
        </div>
      ) : null}
    </div>
  )
}
