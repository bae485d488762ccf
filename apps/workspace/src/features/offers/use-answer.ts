import { type Offer, acceptOffer, declineOffer } from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useMemo } from 'react'
import { call, hasCode } from '../../shared/api.ts'
import { newClientKey } from '../../shared/client-key.ts'
import { ingest } from '../../shared/conversations/cache.ts'
import { catchUp } from '../../shared/conversations/catch-up.ts'
import { explain } from '../../shared/error-words.ts'
import { end, forget, offersStore } from '../../shared/routing/offers.ts'
import { useMe } from '../../shared/session.ts'

export interface Answer {
  accept: (offer: Offer) => Promise<void>
  decline: (offer: Offer, reasonId: string | null) => Promise<void>
}

/** One key for each offer, so that a second press or a try after a lost answer accepts once. */
const keys = new Map<string, string>()
const keyOf = (offerId: string): string => {
  const key = keys.get(offerId) ?? newClientKey()
  keys.set(offerId, key)
  return key
}

export function useAnswer(): Answer {
  const client = useQueryClient()
  const me = useMe()
  const navigate = useNavigate()
  const { message } = App.useApp()
  return useMemo(() => {
    const refused = (error: unknown, offer: Offer): void => {
      if (hasCode(error, 'offer-over')) offersStore.set((offers) => end(offers, offer.id, 'withdrawn'))
      void message.error(explain(error))
    }
    return {
      accept: async (offer) => {
        const id = offer.conversationId
        try {
          const body = { clientKey: keyOf(offer.id) }
          const { entries } = await call(acceptOffer, { params: { id: offer.id }, body })
          offersStore.set((offers) => forget(offers, offer.id))
          if (!ingest(client, id, entries, me.id)) void catchUp(client, id, me.id)
          await navigate({ to: `/inbox/mine/${id}` })
        } catch (error) {
          refused(error, offer)
        }
      },
      decline: async (offer, reasonId) => {
        try {
          await call(declineOffer, { params: { id: offer.id }, body: { reasonId } })
          offersStore.set((offers) => forget(offers, offer.id))
        } catch (error) {
          refused(error, offer)
        }
      },
    }
  }, [client, me.id, message, navigate])
}
