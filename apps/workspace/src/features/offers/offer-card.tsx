import { Button } from 'antd'
import { useId, useRef, useState } from 'react'
import { Avatar } from '../../shared/avatar.tsx'
import { keyText } from '../../shared/commands.ts'
import { useWords } from '../../shared/i18n.ts'
import { channelName, useReasons } from '../../shared/routing/names.ts'
import type { Ringing } from '../../shared/routing/offers.ts'
import { Ring } from '../../shared/routing/ring.tsx'
import { stopwatch, useSecond } from '../../shared/routing/seconds.ts'
import { useStaffNames } from '../../shared/staff.ts'
import { Tip } from '../../shared/tip.tsx'
import { DeclineReasons } from './decline-reasons.tsx'
import { endWords, timeLeft, whyHere } from './offer-sayings.ts'
import type { Answer } from './use-answer.ts'
import { offerWords } from './words.ts'

interface OfferCardProps {
  ringing: Ringing
  first: boolean
  answer: Answer
}

/** What, who and why, and how long is left to answer. Enter accepts and Esc asks why not, while it has the focus. */
export function OfferCard({ ringing, first, answer }: OfferCardProps) {
  const { offer, ended } = ringing
  const t = useWords(offerWords)
  const names = useStaffNames()
  const now = useSecond()
  const reasons = useReasons('decline')
  const titleId = useId()
  const card = useRef<HTMLElement>(null)
  const [declining, setDeclining] = useState(false)
  const [busy, setBusy] = useState(false)
  const left = timeLeft(offer, now)
  const name = offer.contact.name ?? t('customer')
  const run = async (work: Promise<void>): Promise<void> => {
    setBusy(true)
    await work
    setBusy(false)
  }
  const accept = (): void => {
    if (!busy) void run(answer.accept(offer))
  }
  const decline = (): void => {
    if (reasons.length === 0) void run(answer.decline(offer, null))
    else setDeclining(true)
  }
  const back = (): void => {
    setDeclining(false)
    card.current?.focus()
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const onCard = event.target === event.currentTarget
    if (event.key === 'Escape') {
      event.preventDefault()
      if (declining) back()
      else decline()
    }
    if (event.key === 'Enter' && onCard && ended === null) {
      event.preventDefault()
      accept()
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its keys are those of its two buttons
    <article
      ref={card}
      className={`q-offer ${ended ? 'is-ended' : ''}`}
      aria-labelledby={titleId}
      data-offer={offer.id}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="q-offer-head">
        <Avatar id={offer.conversationId} name={name} size={36} />
        <div className="q-offer-who">
          <h2 id={titleId}>{name}</h2>
          <span>
            {names.queues.get(offer.queueId)?.name ?? ''} · {channelName(offer.channel)}
          </span>
        </div>
        {ended ? null : (
          <Ring share={left.share} size={40} tone={left.tone}>
            <span className="q-offer-left">
              <span aria-hidden="true">{left.seconds}</span>
              <span className="sr-only">{t('left', { seconds: left.seconds })}</span>
            </span>
          </Ring>
        )}
      </header>
      {ended ? (
        <p className="q-offer-end">{endWords(ended, offer.shared)}</p>
      ) : (
        <>
          {offer.preview ? <p className="q-offer-text">{offer.preview}</p> : null}
          <p className="q-offer-why">
            {t('waited', { time: stopwatch(now - Date.parse(offer.waitingSince)) })} · {whyHere(offer)}
          </p>
          {declining ? (
            <DeclineReasons
              reasons={reasons}
              busy={busy}
              onChoose={(reasonId) => void run(answer.decline(offer, reasonId))}
              onBack={back}
            />
          ) : (
            <div className="q-offer-acts">
              <Tip title={t('decline')} keys="Escape" below>
                <Button disabled={busy} onClick={decline}>
                  {t('decline')} <kbd className="q-kbd">{keyText('Escape')}</kbd>
                </Button>
              </Tip>
              <Tip title={t('accept')} keys={first ? 'mod+shift+Enter' : 'Enter'} below>
                <Button type="primary" loading={busy} onClick={accept}>
                  {t('accept')} <kbd className="q-kbd">{keyText('Enter')}</kbd>
                </Button>
              </Tip>
            </div>
          )}
        </>
      )}
    </article>
  )
}
