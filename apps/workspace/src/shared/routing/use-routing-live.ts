import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onReconnect, onRoutingFrame } from '../realtime/realtime.ts'
import { useCan } from '../session.ts'
import { myRoutingQuery, takeFrameOfState } from './my-routing.ts'
import { end, offersStore, ring } from './offers.ts'

/** Keeps the caller's routing state and offers as the server says, for as long as the shell is shown. */
export function useRoutingLive(): void {
  const client = useQueryClient()
  useQuery({ ...myRoutingQuery, enabled: useCan('routing.work') })
  useEffect(() => {
    const stopFrames = onRoutingFrame((frame) => {
      if (frame.type === 'routing') takeFrameOfState(client, frame.state)
      if (frame.type === 'offer') offersStore.set((offers) => ring(offers, frame.offer))
      if (frame.type === 'offer-ended') offersStore.set((offers) => end(offers, frame.offerId, frame.outcome))
    })
    const stopReconnect = onReconnect(() => void client.invalidateQueries({ queryKey: myRoutingQuery.queryKey }))
    return () => {
      stopFrames()
      stopReconnect()
    }
  }, [client])
}
