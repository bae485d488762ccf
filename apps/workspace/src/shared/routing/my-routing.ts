import { type AgentState, type HeldWork, readMyRouting } from '@qiao/protocol'
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { match, offersStore } from './offers.ts'

/** Told by a frame while a reading is under way: newer than what that reading brings. */
let told: AgentState | null = null

/** The caller's state, work in hand and counts of today; `routing` frames keep the state fresh, offers live in a store. */
export const myRoutingQuery = queryOptions({
  queryKey: ['my-routing'],
  queryFn: async ({ signal }) => {
    told = null
    const before = new Set(offersStore.get().map(({ offer }) => offer.id))
    const { state, offers, today } = await call(readMyRouting, {}, { signal })
    offersStore.set((held) => match(held, offers, before))
    return { state: told ?? state, today }
  },
  staleTime: Infinity,
})

const nothing: readonly HeldWork[] = []
export const useMyState = (): AgentState | undefined => useQuery({ ...myRoutingQuery, enabled: false }).data?.state
export const useHeldWork = (): readonly HeldWork[] => useMyState()?.held ?? nothing

export function putMyState(client: QueryClient, state: AgentState): void {
  told = state
  client.setQueryData(myRoutingQuery.queryKey, (held) => held && { ...held, state })
}

let frames = 0
/** How many frames have told the state. Each change of it is told by one. */
export const framesOfState = (): number => frames

export function takeFrameOfState(client: QueryClient, state: AgentState): void {
  frames += 1
  putMyState(client, state)
}

/** Shows what an answer says of the state, unless frames overtook it: `since` so many, when the question was asked. */
export function putAnswered(client: QueryClient, state: AgentState, since: number): void {
  if (frames === since) putMyState(client, state)
}
