import type { Inbox } from '@qiao/protocol'
import { SignJWT } from 'jose'
import { answer, openConversation, said, startChat } from '../setup/chat.ts'
import { callApi, expect, phone, test } from '../setup/test.ts'

test('every command of the page works, and its events tell what happened', async ({ agent, stranger }) => {
  const page = await stranger()
  await page.goto('/playground/sdk.html?lang=zh')
  const chat = page.frameLocator('iframe[src*="/chat/"]')
  const log = page.getByRole('log')
  const bubble = page.getByRole('button', { name: '在线客服' })
  const run = (name: string) => page.getByRole('button', { name: `运行：${name}` }).click()
  await expect(bubble).toBeVisible()
  await run('隐藏聊天按钮')
  await expect(bubble).toBeHidden()
  await run('显示聊天按钮')
  await run('告诉坐席这位访客是谁')
  await run('把文字放进输入框')
  await expect(log).toContainText('opened {}')
  await expect(log).toContainText('ready {"inbox":"camellia-zh"}')

  // Consent comes first: the page's words wait in the form.
  await expect(chat.getByLabel('请描述您的问题')).toHaveValue('My order number is ')
  await chat.getByRole('button', { name: '返回' }).click()
  await startChat(chat, { name: '页面上的人', department: '选茶与定制', text: '在看茶壶' })
  await expect(log).toContainText('"state":"open"')
  await run('以访客的名义发送')
  await expect(said(chat, 'I am looking at the teapots.')).toBeVisible()
  await run('切换语言')
  await expect(chat.locator('html')).toHaveAttribute('lang', 'fr')
  await run('记录访客的行为')
  await run('关闭聊天窗口')
  await expect(log).toContainText('closed {}')

  const sales = await agent('zhou')
  await openConversation(sales, '待分配', '页面上的人')
  const panel = sales.getByRole('complementary', { name: '客户资料' })
  await expect(panel.getByText('gold')).toBeVisible()
  await expect(panel.getByText('cart.left')).toBeVisible()
  const title = await page.title()
  await answer(sales, '页面上的人', '这把壶今天有货')
  await expect(log).toContainText('unread {"count":1}')
  await expect(log).toContainText('"text":"这把壶今天有货","from":"予安"')
  await expect(page).toHaveTitle(`(1) ${title}`)
  await expect(page.getByRole('status').getByText('这把壶今天有货')).toBeVisible()
  await run('读取未读条数')
  await expect(log).toContainText('unreadCount 1')
  await run('打开聊天窗口')
  await expect(said(chat, '这把壶今天有货')).toBeVisible()
  await expect(page).toHaveTitle(title)
})

test('an app hands over who its customer is: by what it knows, or by a signed token', async ({ agent, stranger }) => {
  const admin = await agent('shen')
  const claimed = await stranger({ ...phone, locale: 'en' })
  await claimed.goto('/chat/camellia-en?name=Ada%20Park&email=ada@example.com&lang=en')
  await claimed.getByRole('button', { name: 'Start a chat' }).click()
  await claimed.getByRole('textbox', { name: 'Write a message' }).fill('From the app')
  await claimed.getByRole('button', { name: 'Send', exact: true }).click()
  await openConversation(admin, '待分配', 'Ada Park')
  await expect(admin.getByRole('complementary').getByText('ada@example.com')).toBeVisible()

  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
  const inbox = inboxes.find((one) => one.key === 'camellia-en')
  const path = `/inboxes/${inbox?.id}`
  const settings = { ...inbox?.settings, identity: { required: true } }
  const { version } = await callApi<Inbox>(admin, 'PATCH', path, { version: inbox?.version, settings })
  try {
    const unknown = await stranger({ ...phone, locale: 'en' })
    await unknown.goto('/chat/camellia-en')
    await unknown.getByRole('button', { name: 'Start a chat' }).click()
    await expect(unknown.getByText('Please sign in on this site to chat.')).toBeVisible()

    const { secret } = await callApi<{ secret: string }>(admin, 'POST', `${path}/secrets`, { keepOldHours: 0 })
    const jwt = await new SignJWT({ name: 'Member Ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('customer-77')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret))
    const member = await stranger({ ...phone, locale: 'en' })
    const pressed = Promise.withResolvers<void>()
    // Pressed before the server has answered who it is: the form appears as soon as it has.
    await member.route('**/sessions', async (route) => {
      await pressed.promise
      await route.continue()
    })
    await member.goto(`/chat/camellia-en#identity=${jwt}`)
    await member.getByRole('button', { name: 'Start a chat' }).click()
    await expect(member.getByText('Please sign in on this site to chat.')).toBeVisible()
    pressed.resolve()
    await member.getByLabel('How can we help?').fill('Signed')
    expect(member.url()).not.toContain('identity')
    await member.getByRole('button', { name: 'Start a chat' }).click()
    await openConversation(admin, '待分配', 'Member Ada')
  } finally {
    await callApi(admin, 'PATCH', path, { version, settings: inbox?.settings })
  }
})
