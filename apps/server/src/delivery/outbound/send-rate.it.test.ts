import { expect, test, vi } from 'vitest'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { holdBack, takePlace } from './send-rate.ts'

vi.setConfig({ testTimeout: 120_000 })
const company = await startParrotCompany({ channel: parrotWith({ rate: { perSecond: 40, perPeerPerSecond: 10 } }) })
const { provider, db } = company
await company.another()

test('places under one rate are given out once each, whoever asks, and none that is far ahead', async () => {
  const now = new Date()
  const places = await Promise.all(Array.from({ length: 100 }, () => takePlace(db, 'account of a test', 20, now)))
  const taken = places.filter((place) => place.taken).map(({ waitMs }) => waitMs)
  // Two seconds ahead at twenty a second, and the one that is free at once.
  expect(taken.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 41 }, (_, at) => at * 50))
  for (const place of places.filter((each) => !each.taken)) expect(place.waitMs).toBeGreaterThanOrEqual(2_000)
  // What the provider asks for is kept by all.
  await holdBack(db, 'account of a test', new Date(now.getTime() + 10_000))
  expect(await takePlace(db, 'account of a test', 20, now)).toEqual({ waitMs: 10_000, taken: false })
  expect(await takePlace(db, 'account of another', 20, now)).toEqual({ waitMs: 0, taken: true })
})

test('under load and with a provider that has had enough, two workers send each message once and in order', async () => {
  const addresses = Array.from({ length: 10 }, (_, at) => String(5100 + at))
  const words = ['1', '2', '3', '4', '5']
  await Promise.all(addresses.map((address) => company.say(address, 'hello')))
  const ids = await Promise.all(addresses.map((address) => until(() => company.conversationOf(address))))
  provider.faults.push(429, 429, 429, 500, 429)
  await Promise.all(
    ids.map(async (id) => {
      for (const each of words) await company.reply(id, each)
    }),
  )
  await until(async () => {
    const open = await db.selectFrom('deliveries').select('entry_id').where('state', '<>', 'done').executeTakeFirst()
    return open === undefined && provider.sent.length >= 50
  })
  for (const address of addresses) {
    expect(provider.sent.filter(({ to }) => to === address).map(({ text }) => text)).toEqual(words)
  }
  // One book for the account and one for each customer.
  const keys = await db.selectFrom('send_rates').select('key').where('key', 'like', 'peer %').execute()
  expect(keys).toHaveLength(10)
})

test('customers who may be written to every other second keep nobody waiting who has not been written to', async () => {
  const slow = await startParrotCompany({ channel: parrotWith({ rate: { perSecond: 1000, perPeerPerSecond: 0.6 } }) })
  // More than are sent at once.
  const addresses = Array.from({ length: 12 }, (_, at) => String(5200 + at))
  await Promise.all(addresses.map((address) => slow.say(address, 'hello')))
  const ids = await Promise.all(addresses.map((address) => until(() => slow.conversationOf(address))))
  for (const words of ['1', '2', '3']) await Promise.all(ids.map((id) => slow.reply(id, words)))
  const sent = await until(() => (slow.provider.sent.length === 36 ? slow.provider.sent : null))
  for (const address of addresses)
    expect(sent.filter(({ to }) => to === address).map(({ text }) => text)).toEqual(['1', '2', '3'])
  const firstThird = sent.findIndex(({ text }) => text === '3')
  expect(sent.slice(0, firstThird).filter(({ text }) => text === '1')).toHaveLength(12)
})
