import type { Agent, Queue, Team } from '@qiao/protocol'
import { beforeAll, expect, test } from 'vitest'
import { i18n } from '../../../../shared/i18n.ts'
import { type Live, targetsOf } from './targets.ts'

beforeAll(async () => void (await i18n.changeLanguage('en')))

// Only what the rule reads; a whole agent has two dozen fields.
const agent = (id: string): Agent => ({ id, name: id, avatarUrl: null, disabledAt: null }) as Agent
const queue = (id: string): Queue => ({ id, name: id, pausedAt: null }) as Queue
const known = {
  agents: [agent('Ann'), agent('Bob'), agent('Cy'), agent('Me')],
  teams: [{ id: 'Trade', name: 'Trade' } as Team],
  queues: [queue('Billing'), queue('Sales'), queue('Here')],
}
const state = { reasonId: null, since: '2026-01-05T08:00:00.000Z', units: 100 }
const live: Live = {
  queues: [
    {
      queueId: 'Billing',
      open: true,
      paused: false,
      waiting: 3,
      available: 0,
      wait: { lowSeconds: 60, highSeconds: 240 },
    },
    { queueId: 'Sales', open: true, paused: false, waiting: 0, available: 2, wait: null },
  ],
  agents: [
    { ...state, agentId: 'Ann', present: false, state: 'available', unitsUsed: 0, hasRoom: true },
    { ...state, agentId: 'Bob', present: true, state: 'available', unitsUsed: 100, hasRoom: false },
    { ...state, agentId: 'Cy', present: true, state: 'available', unitsUsed: 20, hasRoom: true },
  ],
}
const wanted = { mode: 'transfer', without: new Set(['Me']), queueId: 'Here', text: '' } as const
const names = (targets: { name: string }[]): string[] => targets.map(({ name }) => name)

test('whoever can take it at once comes first in each group; nobody hands to themselves or where it is', () => {
  expect(names(targetsOf(known, live, wanted))).toEqual(['Sales', 'Billing', 'Cy', 'Bob', 'Ann', 'Trade'])
})

test('each says how it stands there now', () => {
  const notes = targetsOf(known, live, wanted).map(({ note }) => note)
  expect(notes).toEqual([
    '2 available · 0 waiting',
    '0 available · 3 waiting · 1–4 min',
    'Available · has room 20/100',
    'Available · full 100/100',
    'Offline',
    '',
  ])
})

test('questions and invitations go to agents; words narrow the list', () => {
  expect(names(targetsOf(known, live, { ...wanted, mode: 'consult' }))).toEqual(['Cy', 'Bob', 'Ann'])
  expect(names(targetsOf(known, live, { ...wanted, text: 'b' }))).toEqual(['Billing', 'Bob'])
})

test('without live figures everybody can still be chosen', () => {
  expect(names(targetsOf(known, undefined, wanted))).toEqual(['Billing', 'Sales', 'Ann', 'Bob', 'Cy', 'Trade'])
})
