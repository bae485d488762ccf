import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { startParrot, text } from '../../testing/parrot-provider.ts'

vi.setConfig({ testTimeout: 120_000 })
const company = await startParrotCompany()
const { must, admin, db } = company

test('a provider that answers nobody keeps only its own customers waiting', async () => {
  const deaf = await startParrot()
  const inbox: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
    name: 'Deaf parrots',
    channel: 'parrot',
    teamIds: [company.teams.first],
  })
  const path = `/api/v1/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: deaf.config })
  const callback = company.url + new URL(String(callbackUrl)).pathname
  // More than are sent at once, of all accounts together.
  const addresses = Array.from({ length: 24 }, (_, at) => String(6100 + at))
  deaf.faults.push(...addresses.map(() => 'hold' as const))
  const said = addresses.map((from) => ({ id: uuidv7(), from }))
  await deaf.deliver(
    callback,
    said.map(({ id, from }) => ({ id, from, fields: { id, ...text('hello') } })),
  )
  const waiting = await until(async () => {
    const rows = await db.selectFrom('conversations').select('id').where('inbox_id', '=', inbox.id).execute()
    return rows.length === addresses.length ? rows : null
  })
  for (const { id } of waiting) await company.reply(id, 'for whom nobody answers')
  await until(() => deaf.isHolding())

  await company.say('6200', 'hello')
  const other = await until(() => company.conversationOf('6200'))
  await company.reply(other, 'goes out')
  await until(() => company.provider.sent.some(({ text: words }) => words === 'goes out'))
  // None of the others has had its answer, or has given up waiting for it.
  expect(deaf.isHolding()).toBe(true)
  const settled = await db
    .selectFrom('deliveries')
    .select('state')
    .where('inbox_id', '=', inbox.id)
    .where('state', '<>', 'waiting')
    .execute()
  expect(settled).toEqual([])
  expect(deaf.sent).toHaveLength(8)

  await until(async () => {
    deaf.release()
    const open = await db
      .selectFrom('deliveries')
      .select('state')
      .where('inbox_id', '=', inbox.id)
      .where('state', '<>', 'done')
      .execute()
    return open.length === 0
  })
  expect(deaf.sent.map(({ to }) => to).toSorted()).toEqual(addresses)
})
