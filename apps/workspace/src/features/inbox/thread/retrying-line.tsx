import { giveUpMessage, listTries, type MessageEntry, tryNow } from '@qiao/protocol'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { ProblemDetail } from '../../../shared/problem-detail.tsx'
import { Until, When } from '../../../shared/when.tsx'
import { type DeliveryKey, deliveryWords, isDeliveryKey, problemKey } from '../delivery-words.ts'
import { type Outgoing, Remedy, useRemedy } from './remedy.tsx'

const [soonMs, oftenMs] = [3_000, 60_000]

/** The timeline says that it is tried; when next changes with each try and is asked for once that has passed. */
const triesQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['tries', conversationId] as const,
    queryFn: async ({ signal }) => (await call(listTries, { params: { id: conversationId } }, { signal })).tries,
    refetchInterval: ({ state: { data = [] } }) => {
      const next = Math.min(...data.map(({ nextAt }) => (nextAt === null ? 0 : Date.parse(nextAt))))
      return Math.min(oftenMs, Math.max(soonMs, next - Date.now() + soonMs))
    },
  })

/** What may be a lasting fault elsewhere is none of the kind while it is tried. */
function whyKey(code: string): DeliveryKey {
  const key = `retrying.${code}`
  return isDeliveryKey(key) ? key : problemKey(code)
}

/** It could not be handed over so far: since when, why, and when it is tried next. */
export function RetryingLine({ entry, outgoing }: { entry: MessageEntry; outgoing: Outgoing }) {
  const words = useWords(deliveryWords)
  const act = useRemedy(entry)
  const client = useQueryClient()
  const { data } = useQuery(triesQuery(entry.conversationId))
  const now = data?.find(({ targetId }) => targetId === entry.id)
  const problem = now?.problem ?? outgoing.problem
  const since = now?.since ?? outgoing.since
  const again = outgoing.again?.join(words('strip.join'))
  const press = async (endpoint: typeof tryNow | typeof giveUpMessage): Promise<void> => {
    await act(endpoint)
    await client.invalidateQueries({ queryKey: triesQuery(entry.conversationId).queryKey })
  }
  return (
    <span className="q-delivery is-delayed" role="status">
      <span>
        {again ? words('retrying.to', { to: again }) : words('retrying')}
        {problem ? ` · ${words(whyKey(problem.code))}` : ''}
      </span>
      {since ? (
        <span>
          {words('retrying.since')} <When at={since} />
          {now && now.tries > 0 ? ` · ${words('retrying.tries', { count: now.tries })}` : ''}
        </span>
      ) : null}
      {now ? (
        <span>
          {now.nextAt === null ? (
            words('retrying.now')
          ) : (
            <>
              {words('retrying.next')} <Until at={now.nextAt} />
            </>
          )}
        </span>
      ) : null}
      <span>
        <Remedy words={words('tryNow')} onPress={() => press(tryNow)} />
        <Remedy words={words('giveUp')} onPress={() => press(giveUpMessage)} />
      </span>
      <ProblemDetail problem={problem} />
    </span>
  )
}
