import { expect, test } from 'vitest'
import { type Outlet, usualWay } from './usual-way.ts'

const way = (identityId: string, fields: Partial<Outlet> = {}): Outlet => ({
  identityId,
  inboxId: 'inbox',
  channel: 'web',
  address: identityId,
  own: false,
  latest: false,
  open: true,
  free: { closesAt: null, left: null, of: null },
  humanAgent: null,
  template: false,
  promotion: false,
  why: null,
  allowable: false,
  closedAt: null,
  opens: [],
  startWords: [],
  limits: null,
  ...fields,
})

test.each<[string, Outlet[], string | undefined]>([
  ['where the customer wrote last', [way('own', { own: true }), way('app', { latest: true })], 'app'],
  ['the own one where that is shut', [way('own', { own: true }), way('app', { latest: true, open: false })], 'own'],
  ['the own one where nothing else is known', [way('own', { own: true, latest: true, open: false })], 'own'],
  ['where the customer asked for it', [way('own', { own: true, latest: true }), way('mail', { wished: true })], 'mail'],
  [
    'the own one where the wish cannot be met',
    [way('own', { own: true }), way('mail', { wished: true, open: false })],
    'own',
  ],
  ['none before they are known', [], undefined],
])('an answer is meant for %s', (_what, ways, expected) => expect(usualWay(ways)?.identityId).toBe(expected))

test('who chooses another way than the wished one is not sent back to it', () => {
  const ways = [way('own', { own: true, latest: true }), way('mail', { wished: true })]
  expect(usualWay(ways, false)?.identityId).toBe('own')
})
