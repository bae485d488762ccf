import type { ConversationOutlet } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { usualWay } from './usual-way.ts'

const way = (identityId: string, fields: Partial<ConversationOutlet> = {}): ConversationOutlet => ({
  identityId,
  inboxId: 'inbox',
  channel: 'web',
  address: identityId,
  own: false,
  latest: false,
  open: true,
  template: false,
  why: null,
  ...fields,
})

test.each<[string, ConversationOutlet[], string | undefined]>([
  ['where the customer wrote last', [way('own', { own: true }), way('app', { latest: true })], 'app'],
  ['the own one where that is shut', [way('own', { own: true }), way('app', { latest: true, open: false })], 'own'],
  ['the own one where nothing else is known', [way('own', { own: true, latest: true, open: false })], 'own'],
  ['none before they are known', [], undefined],
])('an answer is meant for %s', (_what, ways, expected) => expect(usualWay(ways)?.identityId).toBe(expected))
