import { useEffect } from 'react'
import { useCommands } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { end, forget, offersStore, overdue } from '../../shared/routing/offers.ts'
import { useRoutingLive } from '../../shared/routing/use-routing-live.ts'
import { serverNow } from '../../shared/server-time.ts'
import { useStaffNames } from '../../shared/staff.ts'
import { useStore } from '../../shared/store.ts'
import { OfferCard } from './offer-card.tsx'
import { useAnswer } from './use-answer.ts'
import { useRinging } from './use-ringing.ts'
import { offerWords } from './words.ts'
import './offers.css'

const endShownMs = 3000

const focusCard = (offerId: string): void => document.querySelector<HTMLElement>(`[data-offer="${offerId}"]`)?.focus()

/** Top right, over everything, and in nobody's way: it takes the focus only where nobody had it. */
export function OfferHost() {
  const t = useWords(offerWords)
  useRoutingLive()
  const offers = useStore(offersStore)
  const names = useStaffNames()
  const answer = useAnswer()
  const open = offers.flatMap(({ offer, ended }) => (ended === null ? [offer] : []))
  const [first] = open
  const newest = open.at(-1)
  const words = newest
    ? t('arrived', {
        name: newest.contact.name ?? t('customer'),
        queue: names.queues.get(newest.queueId)?.name ?? '',
      })
    : ''
  useRinging(newest, words)

  const newestId = newest?.id
  useEffect(() => {
    if (newestId && document.activeElement === document.body) focusCard(newestId)
  }, [newestId])

  useEffect(() => {
    if (offers.length === 0) return undefined
    const timer = setInterval(() => {
      for (const id of overdue(offers, serverNow())) offersStore.set((held) => end(held, id, 'missed'))
    }, 1000)
    return () => clearInterval(timer)
  }, [offers])

  const endedIds = offers.flatMap(({ offer, ended }) => (ended === null ? [] : [offer.id])).join(' ')
  useEffect(() => {
    if (endedIds === '') return undefined
    const timer = setTimeout(() => {
      for (const id of endedIds.split(' ')) offersStore.set((held) => forget(held, id))
    }, endShownMs)
    return () => clearTimeout(timer)
  }, [endedIds])

  const sheetOnly = first === undefined
  useCommands([
    {
      id: 'offer-accept',
      title: t('acceptFirst'),
      group: t('label'),
      keys: 'mod+shift+Enter',
      sheetOnly,
      run: () => first && void answer.accept(first),
    },
    {
      id: 'offer-focus',
      title: t('focus'),
      group: t('label'),
      keys: 'mod+.',
      sheetOnly,
      run: () => first && focusCard(first.id),
    },
  ])
  return (
    <aside className="q-offers" aria-label={t('label')}>
      <p className="sr-only" role="alert">
        {words}
      </p>
      {offers.map((ringing) => (
        <OfferCard key={ringing.offer.id} ringing={ringing} first={ringing.offer.id === first?.id} answer={answer} />
      ))}
    </aside>
  )
}
