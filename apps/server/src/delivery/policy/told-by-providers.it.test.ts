import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn } from '../../testing/simulated-inbox.ts'

/** What real channels say about being written to, from their simulated providers to the composer. */
vi.setConfig({ testTimeout: 120_000 })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { must, call, admin, agent } = company

async function inboxOf(channel: string) {
  const simulator = await startSimulator(channel)
  afterAll(() => simulator.stop())
  const inbox = await connectSimulator(company, channel, simulator)
  return {
    ...inbox,
    path: `/api/v1/inboxes/${inbox.id}`,
    /** Writes, and gives where that came in. */
    async talk(name: string, words = 'hello'): Promise<string> {
      const { address } = simulator.phone(name)
      await inbox.write(name, words)
      return until(async () => {
        const { rows } = await company.pool.query<{ id: string }>(
          `select conversations.id from conversations join identities on identities.id = identity_id
           where address = $1 and conversations.inbox_id = $2`,
          [address, inbox.id],
        )
        return rows[0]?.id
      })
    },
  }
}
const policyOf = async (id: string) => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
const send = async (id: string, content: object) =>
  call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, { clientKey: uuidv7(), content })
const text = (words: string) => ({ type: 'text', text: words })
const consentsIn = async (id: string) => {
  const { entries } = await must('GET', `/api/v1/conversations/${id}/entries?limit=200`, agent.credentials)
  return entries.flatMap(({ kind, body }: { kind: string; body: object }) =>
    kind === 'contact.consented' ? [body] : [],
  )
}

test('WeChat: a choice in a menu opens three messages for a minute, not five for two days', async () => {
  const inbox = await inboxOf('wechat')
  const id = await inbox.talk('wang')
  const phone = inbox.phone('wang')
  const options = [{ id: 'yes', label: 'Yes' }]
  expect(await send(id, { type: 'menu', text: 'Is it solved?', options })).toMatchObject({ status: 200 })
  await until(() => shownOn(phone).length === 1)
  for (const words of ['one', 'two', 'three', 'four']) await send(id, text(words))
  await until(() => shownOn(phone).length === 5)
  expect(await policyOf(id)).toMatchObject({ free: null, why: 'quota-used' })
  // WeChat tells times in seconds: what went out within the second of the choice would count.
  await sleep(1000 - (Date.now() % 1000))
  await phone.act('press:yes')
  const { free } = await until(async () => {
    const policy = await policyOf(id)
    return policy.free ? policy : null
  })
  expect(free.left).toBe(3)
  expect(Date.parse(free.closesAt) - Date.now()).toBeLessThanOrEqual(60_000)
  expect(inbox.simulator.refusals).toEqual([])
})

test('WeCom: that the customer refuses messages is told afterwards, and counts until they write again', async () => {
  const inbox = await inboxOf('wecom')
  const id = await inbox.talk('li')
  await inbox.phone('li').act('refuse')
  await send(id, text('Hello?'))
  await until(async () => (await policyOf(id)).why === 'opted-out')
  expect(await policyOf(id)).toMatchObject({ free: null, allowable: true })
  expect(await send(id, text('Hello?!'))).toMatchObject({ code: 'customer-opted-out' })
  await inbox.write('li', 'here I am')
  await until(async () => (await policyOf(id)).free)
})

test('texts: who refuses advertising asks something and is answered; STOP holds until START', async () => {
  const inbox = await inboxOf('smpp')
  const id = await inbox.talk('chen', 'YES')
  expect(await consentsIn(id)).toEqual([])
  await inbox.write('chen', 'td')
  await until(async () => (await policyOf(id)).why === 'opted-out')
  expect(await send(id, text('Are you sure?'))).toMatchObject({ code: 'customer-opted-out' })
  await inbox.write('chen', '我的包裹在哪里？')
  await until(async () => (await policyOf(id)).free)
  expect(await send(id, text('在路上'))).toMatchObject({ status: 200 })
  await until(() => shownOn(inbox.phone('chen')).length === 1)
  await inbox.write('chen', 'STOP')
  await until(async () => (await policyOf(id)).why === 'opted-out')
  await inbox.write('chen', 'and my parcel?')
  await inbox.write('chen', 'really')
  await until(async () => {
    const { entries } = await must('GET', `/api/v1/conversations/${id}/entries?limit=200`, agent.credentials)
    return JSON.stringify(entries).includes('really')
  })
  expect(await send(id, text('It is on its way'))).toMatchObject({ code: 'customer-opted-out' })
  await inbox.write('chen', 'START')
  await until(async () => (await policyOf(id)).free)
  expect(await consentsIn(id)).toEqual([{ wanted: false, about: 'promotion' }, { wanted: false }, { wanted: true }])
})

test('WhatsApp: who stops advertising is told nothing but answers and notices, until they resume it', async () => {
  const inbox = await inboxOf('whatsapp')
  const templates = `${inbox.path}/templates`
  const draft = { language: 'en', parameters: [], buttons: [] }
  for (const [name, category] of [
    ['offer', 'marketing'],
    ['parcel', 'utility'],
  ]) {
    await must('POST', templates, admin.credentials, { ...draft, name, category, text: `Your ${name} waits` })
  }
  await until(async () => {
    const { templates: listed } = await must('POST', `${templates}/refresh`, agent.credentials)
    return listed.filter(({ state }: { state: string }) => state === 'approved').length === 2
  })
  const id = await inbox.talk('sun')
  const template = (name: string) => ({ type: 'template', name, language: 'en', parameters: [], text: '-' })
  await inbox.phone('sun').act('stop-marketing')
  await until(async () => !(await policyOf(id)).promotion)
  expect(await policyOf(id)).toMatchObject({ free: { left: null }, template: true, allowable: false })
  expect(await send(id, template('offer'))).toMatchObject({ status: 409, code: 'promotion-unwanted' })
  await send(id, template('parcel'))
  await send(id, text('An answer'))
  await until(() => shownOn(inbox.phone('sun')).length === 2)
  await inbox.phone('sun').act('resume-marketing')
  await until(async () => (await policyOf(id)).promotion)
  expect(await send(id, template('offer'))).toMatchObject({ status: 200 })
  await until(() => shownOn(inbox.phone('sun')).length === 3)
  // Written to by number first; the answer comes under a user id that was not known.
  const zhou = inbox.phone('zhou')
  const contact = await must('POST', '/api/v1/contacts', admin.credentials, { phone: '+8613800000002' })
  const first = { clientKey: uuidv7(), contactId: contact.id, inboxId: inbox.id, content: template('parcel') }
  const { item } = await must('POST', '/api/v1/conversations', admin.credentials, first)
  const started: string = item.conversation.id
  await until(() => shownOn(zhou).length === 1)
  expect(await policyOf(started)).toMatchObject({ free: null, why: 'window-closed' })
  await zhou.say({ type: 'text', text: 'Thank you' })
  await until(async () => (await policyOf(started)).free)
  const { rows } = await company.pool.query('select contact_id from identities where inbox_id = $1 and address = $2', [
    inbox.id,
    zhou.address,
  ])
  expect(rows).toEqual([{ contact_id: contact.id }])
  await send(started, text('You are welcome'))
  await until(() => shownOn(zhou).length === 2)
  const { entries } = await must('GET', `/api/v1/conversations/${started}/entries?limit=200`, agent.credentials)
  expect(JSON.stringify(entries)).toContain('Thank you')
  expect(inbox.simulator.refusals).toEqual([])
})

test('WeChat: a picture of more than two megabytes is made smaller', async () => {
  const inbox = await inboxOf('wechat')
  const conversationId = await inbox.talk('zhao')
  const raw = { width: 1100, height: 1100, channels: 3 } as const
  const noise = await sharp(randomBytes(1100 * 1100 * 3), { raw })
    .png()
    .toBuffer()
  expect(noise.length).toBeGreaterThan(3_000_000)
  const id = uuidv7()
  const query = new URLSearchParams({ conversationId, name: 'noise.png' })
  await must('PUT', `/api/v1/attachments/${id}?${query.toString()}`, agent.credentials, noise)
  await until(async () => {
    const { attachments } = await must('POST', '/api/v1/attachments/links', agent.credentials, { ids: [id] })
    return attachments[0].state === 'ready'
  })
  const attachment = { id, name: 'noise.png', mime: 'image/png', bytes: noise.length }
  expect(await send(conversationId, { type: 'image', attachment })).toMatchObject({ status: 200 })
  await until(() => inbox.phone('zhao').screen.some(({ mine, type }) => !mine && type === 'image'))
  expect(inbox.simulator.refusals).toEqual([])
})

test('Telegram: the number of a customer’s own contact proves who they are, their id does not', async () => {
  const inbox = await inboxOf('telegram')
  await inbox.talk('qian')
  await inbox.phone('qian').act('contact')
  const proofs = async () =>
    (
      await company.pool.query(
        'select kind, value from identity_proofs join identities on identities.id = identity_id where inbox_id = $1',
        [inbox.id],
      )
    ).rows
  await until(async () => (await proofs()).length > 0)
  expect(await proofs()).toEqual([{ kind: 'phone', value: '+8613800001234' }])
})
