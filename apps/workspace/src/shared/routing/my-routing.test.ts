import type { AgentState, HeldWork } from '@qiao/protocol'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { framesOfState, myRoutingQuery, putAnswered, takeFrameOfState } from './my-routing.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is held is all that matters here
const holding = (...held: string[]) => ({ held: held.map((itemId) => ({ itemId }) as HeldWork) }) as AgentState
function shown(state: AgentState) {
  const client = new QueryClient()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing of the day is looked at
  client.setQueryData(myRoutingQuery.queryKey, { state, today: {} as never })
  return { client, held: () => client.getQueryData(myRoutingQuery.queryKey)?.state.held.map(({ itemId }) => itemId) }
}

test('what an answer says of the state is shown', () => {
  const { client, held } = shown(holding())
  putAnswered(client, holding('a'), framesOfState())
  expect(held()).toEqual(['a'])
})

test('an answer that frames have overtaken takes no work out of the hands', () => {
  const { client, held } = shown(holding())
  const since = framesOfState()
  takeFrameOfState(client, holding('a'))
  putAnswered(client, holding(), since)
  expect(held()).toEqual(['a'])
})
