import type { Locator } from '@playwright/test'
import { SignJWT } from 'jose'
import type { Calendar, Inbox } from '@qiao/protocol'
import type { QiaoCommands } from '../../apps/widget/src/sdk.ts'
import { hindrances } from '../setup/axe.ts'
import { answer, inThread, openConversation, said, say, startChat } from '../setup/chat.ts'
import { callApi, callsOnly, expect, phone, test } from '../setup/test.ts'

test('outside the hours a message can be left, and waits for the team', async ({ agent, stranger }) => {
  const admin = await agent('shen')
  const { calendars } = await callApi<{ calendars: Calendar[] }>(admin, 'GET', '/calendars')
  const hours = calendars.find((calendar) => calendar.name.startsWith('在线客服'))
  const { id = '', ...fields } = hours ?? {}
  const closed = { ...fields, weekly: [[], [], [], [], [], [], []] }
  const { version } = await callApi<Calendar>(admin, 'PUT', `/calendars/${id}`, closed)
  try {
    const visitor = await stranger(phone)
    await visitor.goto('/chat/camellia-zh')
    await expect(visitor.getByText('客服暂时不在，请留言，我们会尽快回复您。').first()).toBeVisible()
    await visitor.getByRole('button', { name: '留言' }).click()
    await visitor.getByLabel('怎么称呼您').fill('夜归人')
    await visitor.getByLabel('手机号').fill('13800001234')
    await visitor.getByLabel('请描述您的问题').fill('明天能自提吗')
    const consent = visitor.getByRole('checkbox', { name: /我同意山茶集/ })
    if (await consent.isVisible()) await consent.check()
    await visitor.getByRole('button', { name: '留言' }).click()
    await expect(visitor.getByText(/留言已收到/).first()).toBeVisible()
    await openConversation(admin, '待分配', '夜归人')
    await expect(inThread(admin, '明天能自提吗')).toBeVisible()
  } finally {
    await callApi(admin, 'PUT', `/calendars/${id}`, { ...fields, version })
  }
})

test('two tabs of one visitor stay in step', async ({ agent, stranger }) => {
  const first = await stranger()
  await first.goto('/chat/camellia-zh')
  await startChat(first, { name: '开两页的人', department: '选茶与定制', text: '乌龙有试喝装吗' })
  // Until the server has it there is nothing that another tab could open.
  await expect(said(first, '乌龙有试喝装吗')).toContainText('已发送')
  const second = await first.context().newPage()
  await second.goto('/chat/camellia-zh')
  await expect(said(second, '乌龙有试喝装吗')).toBeVisible()
  await say(second, '两包就够')
  await expect(said(first, '两包就够')).toBeVisible()
  const sales = await agent('zhou')
  await openConversation(sales, '待分配', '开两页的人')
  await answer(sales, '开两页的人', '有的，三块一包')
  await expect(said(first, '三块一包')).toBeVisible()
  await expect(said(second, '三块一包')).toBeVisible()
})

test('who signs in on the shop keeps the chat, and logging out leaves nothing behind', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
  const inbox = inboxes.find((one) => one.key === 'camellia-zh')
  const { secret } = await callApi<{ secret: string }>(admin, 'POST', `/inboxes/${inbox?.id}/secrets`, {
    keepOldHours: 0,
  })
  const jwt = await new SignJWT({ name: '会员甲' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('customer-1')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))

  const page = await stranger()
  await page.goto('/playground/shop/?lang=zh')
  await page.evaluate(() => window.Qiao?.('open'))
  const chat = page.frameLocator('iframe[src*="/chat/"]')
  await startChat(chat, { name: '匿名的人', department: '物流与退换', text: '我的订单呢' })
  await page.evaluate((token) => window.Qiao?.('identify', token), jwt)
  const support = await agent('he')
  await openConversation(support, '待分配', '会员甲')
  await expect(inThread(support, '我的订单呢')).toBeVisible()
  await answer(support, '会员甲', '会员您好')
  await expect(said(chat, '会员您好')).toBeVisible()

  await page.evaluate((name) => window.Qiao?.(name), 'logout' as const satisfies keyof QiaoCommands)
  await expect(said(chat, '会员您好')).toHaveCount(0)
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('qiao:camellia-zh')))
  expect(left.filter((key) => /token|person|out/.test(key))).toEqual([])
})

test('the chat works on a page with a strict policy, and costs nothing before it is opened', async ({ stranger }) => {
  const page = await stranger({ locale: 'en' })
  const refused: string[] = []
  const asked: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) refused.push(message.text())
  })
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const answered = await page.goto('/playground/shop/?lang=en')
  expect(answered?.headers()['content-security-policy']).toContain("default-src 'none'")
  const bubble = page.getByRole('button', { name: /chat/i })
  await expect(bubble).toBeVisible()
  expect(asked.filter((path) => path.includes('/sessions') || path.startsWith('/ws'))).toEqual([])
  expect(await page.context().cookies()).toEqual([])
  await bubble.click()
  await expect(page.frameLocator('iframe[src*="/chat/"]').getByRole('heading', { name: /Hello/ })).toBeVisible()
  expect(refused).toEqual([])
})

const corners = (of: Locator) => of.evaluate((element) => getComputedStyle(element).borderTopLeftRadius)

test('corners that the inbox chose reach the button, the window and the chat', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
  const inbox = inboxes.find(({ key }) => key === 'camellia-en')
  const settings = inbox?.settings
  const path = `/inboxes/${inbox?.id}`
  const look = { ...settings?.look, variables: { '--qiao-radius': '0px' } }
  const square = { version: inbox?.version, settings: { ...settings, look } }
  const { version } = await callApi<Inbox>(admin, 'PATCH', path, square)
  const page = await stranger({ locale: 'en' })
  await page.goto('/playground/shop/?lang=en')
  await page.getByRole('button', { name: /chat/i }).click()
  const start = page.frameLocator('iframe[src*="/chat/"]').getByRole('button', { name: 'Start a chat' })
  await expect(start).toBeVisible()
  expect(await corners(start)).toBe('0px')
  expect(await corners(page.getByRole('dialog'))).toBe('0px')
  expect(await corners(page.locator('button[aria-expanded]').last())).toBe('0px')
  await callApi(admin, 'PATCH', path, { version, settings })
  const usual = await stranger({ locale: 'en' })
  await usual.goto('/chat/camellia-en')
  expect(Number.parseFloat(await corners(usual.getByRole('button', { name: 'Start a chat' })))).toBeGreaterThan(10)
})

test('a form that is not filled says of each field what is missing, and leads to the first', async ({ stranger }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await visitor.getByRole('button', { name: '开始咨询' }).click()
  await expect(visitor.getByLabel('怎么称呼您')).toBeVisible()
  await visitor.getByRole('button', { name: '开始咨询' }).click()
  await expect(visitor.getByLabel('怎么称呼您')).toBeFocused()
  for (const label of ['怎么称呼您', '咨询部门', '请描述您的问题']) {
    await expect(visitor.getByLabel(label)).toHaveAttribute('aria-invalid', 'true')
    await expect(visitor.getByLabel(label)).toHaveAccessibleDescription('请填写此项。')
  }
  await expect(visitor.getByRole('checkbox', { name: /我同意山茶集/ })).toHaveAccessibleDescription('请先勾选同意。')
  expect(await hindrances(visitor, 'unfilled form')).toEqual([])
  await visitor.getByLabel('怎么称呼您').fill('缺项')
  await visitor.getByRole('button', { name: '开始咨询' }).click()
  await expect(visitor.getByLabel('咨询部门')).toBeFocused()
})
