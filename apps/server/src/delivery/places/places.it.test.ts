import type { Phone } from '@qiao/channels/simulators'
import type { QueueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn, simulatedInbox } from '../../testing/simulated-inbox.ts'

vi.setConfig({ testTimeout: 60_000 })
// Twilio signs the whole address that it calls, so it has to be known before the server listens.
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker,router', PORT: String(port), QIAO_URL: url })
const { db, must, agent, admin } = company
await db.updateTable('agents').set({ number: '1024' }).where('id', '=', agent.id).execute()

const announcements: QueueSettings['announcements'] = {
  shortSeconds: 0,
  everyMinutes: 1,
  most: 4,
  taken: true,
  choices: true,
  closed: true,
  paid: { most: 2, moved: false, taken: false },
}
const base = { announcements, alternatives: { afterSeconds: 0, message: true, callback: false } }

async function open(channel: string, settings: Partial<QueueSettings> = {}) {
  const queueId = await addQueue(db, { ...base, ...settings })
  const inbox = await simulatedInbox(company, channel, queueId)
  let strangers = 0
  const told = (phone: Phone, count: number) => until(() => shownOn(phone).length >= count)
  return {
    ...inbox,
    queueId,
    told,
    /** What was told to this customer was told some minutes ago. */
    async later(phone: Phone): Promise<void> {
      const id = (await inbox.conversationOf(phone)) ?? ''
      await company.pool.query(
        `update told_stays set told_at = told_at - interval '5 minutes'
         where item_id in (select id from work_items where conversation_id = $1)`,
        [id],
      )
    },
    /** Whoever comes after all that happened so far has been told: so has everybody else who was to be. */
    async everybodyTold(): Promise<void> {
      strangers += 1
      await told(await inbox.writes(`stranger ${strangers}`, 'me too'), 1)
    },
    conversation: async (phone: Phone) => {
      const id = await until(() => inbox.conversationOf(phone))
      return (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation
    },
    entries: async (phone: Phone) => {
      const id = await until(() => inbox.conversationOf(phone))
      return (await must('GET', `/api/v1/conversations/${id}/entries?limit=200`, admin.credentials)).entries
    },
    async take(phone: Phone): Promise<void> {
      const id = await until(() => inbox.conversationOf(phone))
      await must('POST', `/api/v1/conversations/${id}/assign`, agent.credentials, {
        clientKey: uuidv7(),
        agentId: agent.id,
      })
    },
  }
}

test('by SMS: the place at the beginning and that they are next, leaving by the number of the choice, and no more', async () => {
  const sms = await open('twilio')
  // One after the other: of those who write at once each is told the place it had among those who were there by then.
  const comes = async (who: string): Promise<Phone> => {
    const phone = await sms.writes(who, 'hello')
    await sms.told(phone, 1)
    return phone
  }
  const [next, behind, last] = [await comes('a'), await comes('b'), await comes('c')]
  const all = [next, behind, last].flatMap(shownOn)
  expect(all.map((text) => text.split('\n')[0])).toEqual([
    'You are next',
    '1 person is ahead of you',
    '2 people are ahead of you',
  ])
  expect(all[0]).toContain('1. Leave a message\n2. Leave the queue\nReply with the number')
  await sms.later(behind)
  await sms.later(last)

  await next.say({ type: 'text', text: ' 2. ' })
  await sms.told(next, 2)
  expect(shownOn(next)[1]).toBe('You left the queue.')
  expect(await sms.conversation(next)).toMatchObject({ state: 'closed', closeReason: 'visitor-left', survey: null })
  await sms.told(behind, 2)
  expect(shownOn(behind)[1]).toBe('You are next')
  await sms.later(behind)
  await sms.everybodyTold()

  // An agent takes it: the answer is what the next message costs.
  await sms.take(behind)
  await sms.told(last, 2)
  await sms.later(last)
  await sms.everybodyTold()
  expect([next, behind, last].map((phone) => shownOn(phone).length)).toEqual([2, 2, 2])
  expect(shownOn(last)[1]).toBe('You are next')
  expect(sms.simulator.refusals).toEqual([])
  // What is said by itself is no answer, and hides nothing from those who look for what the customer said.
  expect(await sms.conversation(last)).toMatchObject({ sentCount: 0, lastMessage: { preview: 'hello' } })
  const automatic = (await sms.entries(behind)).filter(({ kind }: { kind: string }) => kind === 'message.sent')
  expect(automatic.map(({ author }: { author: object }) => author)).toEqual([{ type: 'system' }, { type: 'system' }])
})

test('by WeChat: a menu, who has taken it, and the agent still has more than half of the five messages', async () => {
  const wechat = await open('wechat', { words: { 'zh-CN': { queued: '您排第 {position} 位' } } })
  const customer = await wechat.writes('wang', '茶到了吗')
  await wechat.told(customer, 1)
  expect(shownOn(customer)[0]).toContain('您排第 1 位')
  expect(customer.screen.at(-1)?.choices).toEqual([
    { id: 'wait-message', label: '留言' },
    { id: 'wait-leave', label: '离开排队' },
  ])
  await wechat.take(customer)
  await wechat.told(customer, 2)
  expect(shownOn(customer)[1]).toBe('客服 agent（工号 1024）为您服务')
  const id = (await wechat.conversation(customer)).id
  const { free } = await must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  expect(free.left).toBe(3)
  for (const text of ['one', 'two', 'three']) {
    const body = { clientKey: uuidv7(), content: { type: 'text', text } }
    await must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, body)
  }
  await wechat.told(customer, 5)
  expect(shownOn(customer).slice(2)).toEqual(['one', 'two', 'three'])
  expect(wechat.simulator.refusals).toEqual([])
})

test('a pressed choice takes the other way, which is confirmed; where little of the quota is left nothing is told', async () => {
  const wechat = await open('wechat')
  const customer = await wechat.writes('li', 'where is my order?')
  await wechat.told(customer, 1)
  await customer.act('press:wait-message')
  await wechat.told(customer, 2)
  expect(shownOn(customer)[1]).toBe('谢谢，留言已收到，我们会尽快回复您。')
  expect((await wechat.conversation(customer)).queue).toMatchObject({ queueId: wechat.queueId, channel: 'message' })
  await wechat.everybodyTold()
  expect(shownOn(customer)).toHaveLength(2)

  const spent = await wechat.writes('zhao', 'hello')
  await wechat.told(spent, 1)
  const id = (await wechat.conversation(spent)).id
  const policy = async () => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  await company.pool.query(
    `update reply_ledgers set grants = jsonb_set(grants, '{0,used}', '3')
     where identity_id = (select identity_id from conversations where id = $1)`,
    [id],
  )
  await company.pool.query(
    `delete from told_stays where item_id in (select id from work_items where conversation_id = $1)`,
    [id],
  )
  await wechat.everybodyTold()
  expect(shownOn(spent)).toHaveLength(1)
  expect((await policy()).free).toMatchObject({ left: 2 })
})

test('outside the hours they hear that it waits, once, and may ask to be called; whom the queue turns away hears that', async () => {
  const calendar = await must('POST', '/api/v1/calendars', admin.credentials, {
    name: 'Never',
    timeZone: 'UTC',
    weekly: [[], [], [], [], [], [], []],
  })
  const close = (queueId: string) =>
    db.updateTable('queues').set({ calendar_id: calendar.id }).where('id', '=', queueId).execute()
  const overflow = { whenFull: { to: 'wait' }, whenLong: { to: 'wait' } } as const
  const sms = await open('twilio', { overflow: { ...overflow, whenClosed: { to: 'callback' } } })
  await close(sms.queueId)
  const night = await sms.writes('night', 'hello?')
  await sms.told(night, 1)
  await night.say({ type: 'text', text: 'anybody?' })
  expect(shownOn(night)[0]).toBe(
    'Nobody is on duty at the moment. Thank you. We have your message and will write back.\n1. Call me back\nReply with the number',
  )
  await night.say({ type: 'text', text: '1' })
  await sms.told(night, 2)
  expect(shownOn(night)[1]).toBe(`You keep your place. We will call ${night.address}.`)
  expect((await sms.conversation(night)).queue).toMatchObject({ channel: 'callback' })

  const wechat = await open('wechat', { overflow: { ...overflow, whenClosed: { to: 'closed' } } })
  await close(wechat.queueId)
  const turned = await wechat.writes('late', 'hello?')
  await wechat.told(turned, 1)
  expect(shownOn(turned)).toEqual(['目前没有客服值班，请稍后再来咨询。'])
  expect(shownOn(night)).toHaveLength(2)
})

test('the settings of the queue say how much: nothing at all, or also on paid channels who has taken it', async () => {
  const silent = await open('twilio', {
    announcements: { ...announcements, most: 0, closed: false, paid: { most: 0, moved: false, taken: true } },
  })
  const phone = await silent.writes('quiet', 'hello')
  const talkative = await open('twilio', {
    announcements: { ...announcements, paid: { ...announcements.paid, taken: true } },
  })
  const other = await talkative.writes('loud', 'hello')
  await talkative.told(other, 1)
  await talkative.take(other)
  await talkative.told(other, 2)
  expect(shownOn(other)[1]).toBe('agent (agent 1024) is here to help you')
  await silent.take(phone)
  await talkative.everybodyTold()
  expect(shownOn(phone)).toEqual([])
})
