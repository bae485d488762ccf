import type { AgentState } from '@qiao/protocol'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { sampleAt, sampleId } from '../conversations/sample.ts'
import { framesOfState, myRoutingQuery, putAnswered, takeFrameOfState } from './my-routing.ts'

const holding = (...items: number[]): AgentState => ({
  agentId: sampleId(1),
  present: true,
  state: 'available',
  reasonId: null,
  since: sampleAt(0),
  unitsUsed: items.length,
  units: 10,
  held: items.map((item) => ({
    itemId: sampleId(item),
    conversationId: sampleId(100 + item),
    channel: 'web',
    queueId: null,
    purpose: 'serve',
    state: 'held',
    silent: false,
    units: 1,
    since: sampleAt(0),
    wrapUntil: null,
    needsDisposition: false,
  })),
})
const today = { offered: 0, accepted: 0, declined: 0, missed: 0, handled: 0, handleSeconds: null }
function shown(state: AgentState) {
  const client = new QueryClient()
  client.setQueryData(myRoutingQuery.queryKey, { state, today })
  return { client, held: () => client.getQueryData(myRoutingQuery.queryKey)?.state.held.map(({ itemId }) => itemId) }
}

test('what an answer says of the state is shown', () => {
  const { client, held } = shown(holding())
  putAnswered(client, holding(2), framesOfState())
  expect(held()).toEqual([sampleId(2)])
})

test('an answer that frames have overtaken takes no work out of the hands', () => {
  const { client, held } = shown(holding())
  const since = framesOfState()
  takeFrameOfState(client, holding(2))
  putAnswered(client, holding(), since)
  expect(held()).toEqual([sampleId(2)])
})
