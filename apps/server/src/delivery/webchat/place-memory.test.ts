import type { Entry } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { entriesAppended } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { manualClock } from '#platform/clock'
import { createLog } from '#platform/log'
import { type PlaceTold, placesTold } from '#routing'
import { rememberPlaces } from './place-memory.ts'

const at = new Date('2026-03-02T10:00:00.000Z')

function remembering(most?: number) {
  const bus = createLocalBus(createLog({ level: 'error' }))
  const clock = manualClock(at)
  const memory = rememberPlaces(bus, clock, most)
  const tell = (...told: PlaceTold[]): void => bus.publish(placesTold, { told })
  const positions = (contactId: string) => memory.of(contactId).map(({ place }) => place?.position ?? null)
  return { bus, clock, tell, positions }
}
const told = (contactId: string, position: number | null, changes: Partial<PlaceTold> = {}): PlaceTold => ({
  conversationId: `of ${contactId}`,
  contactId,
  inboxId: 'i',
  place:
    position === null
      ? null
      : {
          conversationId: `of ${contactId}`,
          position,
          wait: null,
          since: at.toISOString(),
          callback: false,
          alternatives: [],
          text: null,
        },
  connecting: false,
  connectingText: null,
  ...changes,
})

test('the last place told is remembered until there is none', () => {
  const { tell, positions } = remembering()
  tell(told('ann', 3), told('bob', 4))
  tell(told('ann', 2), told('ann', 7, { conversationId: 'another' }))
  expect(positions('ann')).toEqual([2, 7])
  expect(positions('bob')).toEqual([4])
  tell(told('ann', null), told('bob', null, { connecting: true }))
  expect(positions('ann')).toEqual([7])
  expect(positions('bob')).toEqual([null])
  expect(positions('cleo')).toEqual([])
})

test('what is ten minutes old is not said any more', () => {
  const { clock, tell, positions } = remembering()
  tell(told('ann', 3))
  clock.advance(599_000)
  expect(positions('ann')).toEqual([3])
  clock.advance(1000)
  expect(positions('ann')).toEqual([])
})

test.each<[string, Entry['kind'][], number[]]>([
  ['picked', ['conversation.assigned'], []],
  ['closed', ['conversation.queue-left', 'conversation.closed'], []],
  ['moved', ['conversation.queue-left', 'conversation.queued'], [3]],
  ['written to', ['message.received'], [3]],
])('of a conversation that is %s', (_what, kinds, expected) => {
  const { bus, tell, positions } = remembering()
  tell(told('ann', 3))
  const scope = {
    id: 'of ann',
    inboxId: 'i',
    contactId: 'ann',
    identityId: 'a',
    teamId: null,
    assigneeId: null,
    involvedIds: [],
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the kinds matter here
  const entries = kinds.map((kind) => ({ kind }) as Entry)
  bus.publish(entriesAppended, { scope, before: scope, entries })
  expect(positions('ann')).toEqual(expected)
})

test('a crowd is kept within bounds: who was told longest ago is forgotten', () => {
  const { tell, positions } = remembering(2)
  tell(told('ann', 1), told('bob', 2))
  tell(told('ann', 1))
  tell(told('cleo', 3))
  expect([positions('ann'), positions('bob'), positions('cleo')]).toEqual([[1], [], [3]])
})
