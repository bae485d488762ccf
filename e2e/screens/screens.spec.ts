import { said, say, startChat } from '../setup/chat.ts'
import { desk, take } from '../setup/pictures.ts'
import { startQiao } from '../setup/qiao-server.ts'
import { routingScreens, show, workspaceScreens } from '../setup/screens.ts'
import { callApi, expect, phone, test } from '../setup/test.ts'

test('the workspace', async ({ agent, stranger }) => {
  const guest = await stranger(desk)
  await guest.goto('/sign-in')
  await take(guest, 'sign-in')

  const lead = await agent('lin', desk)
  await lead.goto('/inbox/all')
  await lead.getByRole('link', { name: /周雅/ }).first().click()
  await expect(lead.getByText('200 本，要开专票').first()).toBeVisible()
  await take(lead, 'inbox-zh-light')
  await lead.keyboard.press('Control+k')
  await lead.keyboard.type('周雅')
  await expect(lead.getByRole('option', { name: /周雅 #/ }).first()).toBeVisible()
  await take(lead, 'palette')
  await lead.keyboard.press('Escape')
  await lead.setViewportSize({ width: 1024, height: 768 })
  await take(lead, 'inbox-1024')
  await lead.setViewportSize({ width: 768, height: 1024 })
  await lead.goto('/inbox/all')
  await lead.getByRole('link', { name: /周雅/ }).first().click()
  await take(lead, 'inbox-768')
  await callApi(lead, 'PATCH', '/me', { preferences: { theme: 'dark' } })
  await lead.setViewportSize(desk.viewport)
  await lead.reload()
  await take(lead, 'inbox-zh-dark')

  const emma = await agent('emma', { ...desk, locale: 'en' })
  await emma.goto('/inbox/all')
  await emma
    .getByRole('link', { name: /Daniel Okafor/ })
    .first()
    .click()
  await expect(emma.getByText('That is gorgeous. Go ahead!').first()).toBeVisible()
  await take(emma, 'inbox-en-light')
})

test('the settings', async ({ agent }) => {
  const admin = await agent('shen', desk)
  const others = ['contacts', 'profile', 'inboxes', 'inbox-editor', 'calendar', 'staff', 'teams', 'webhooks', 'audit']
  const routing = ['board', 'wall', 'queues', 'queue-limits', 'skills', 'capacity-profile', 'codes', 'simulate']
  const wanted = new Set([...others, ...routing])
  for (const screen of [...(await workspaceScreens(admin)), ...(await routingScreens(admin))]) {
    if (!wanted.has(screen.name)) continue
    await show(admin, screen)
    await take(admin, `settings-${screen.name}`.replace(/^settings-(contacts|board|wall)$/, '$1'))
  }
})

test('a new system', async ({ stranger }) => {
  const server = await startQiao({ demo: false })
  try {
    const page = await stranger({ ...desk, baseURL: server.url })
    await page.goto('/')
    await expect(page).toHaveURL(/\/setup/)
    await take(page, 'set-up')
    await page.request.post('/api/v1/setup', {
      headers: { origin: server.url },
      data: {
        organisationName: '清风文具',
        name: '顾清',
        email: 'gu@qingfeng.example',
        password: 'a sentence that I remember',
        timeZone: 'Asia/Shanghai',
      },
    })
    await page.request.post('/api/auth/sign-in/email', {
      headers: { origin: server.url },
      data: { email: 'gu@qingfeng.example', password: 'a sentence that I remember' },
    })
    await page.goto('/inbox')
    await expect(page.getByText('手上没有会话')).toBeVisible()
    await take(page, 'inbox-empty')
  } finally {
    await server.stop()
  }
})

test('the chat', async ({ agent, stranger }) => {
  const shop = await stranger({ viewport: { width: 1180, height: 780 } })
  await shop.goto('/playground/shop/?lang=zh')
  await expect(shop.getByRole('button', { name: '在线客服' })).toBeVisible()
  await take(shop, 'widget-closed')
  await shop.getByRole('button', { name: '在线客服' }).click()
  const chat = shop.frameLocator('iframe[src*="/chat/"]')
  await expect(chat.getByRole('button', { name: '开始咨询' })).toBeVisible()
  await take(shop, 'widget-home')
  await chat.getByRole('button', { name: '开始咨询' }).click()
  await take(shop, 'widget-pre-chat')

  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '林间', department: '选茶与定制', text: '想给妈妈挑一份茶礼' })
  const sales = await agent('zhou')
  await sales.goto('/inbox/unassigned')
  await sales.getByRole('link', { name: /林间/ }).click()
  const box = sales.getByRole('textbox', { name: '回复林间' })
  for (const text of ['您好，我是予安。妈妈平时喝什么茶呢？', '白茶温和，配青瓷盖碗很合适。']) {
    await box.fill(text)
    await box.press('Enter')
    await expect(said(visitor, text)).toBeVisible()
  }
  await say(visitor, '就要这套，能写贺卡吗')
  await expect(said(visitor, '就要这套，能写贺卡吗')).toContainText(/已发送|已送达|已读/)
  await take(visitor, 'widget-phone')
  await visitor.emulateMedia({ colorScheme: 'dark' })
  await take(visitor, 'widget-phone-dark')

  const later = await stranger(phone)
  await later.goto('/chat/camellia-zh')
  await later.getByRole('button', { name: '留言' }).click()
  await expect(later.getByLabel('怎么称呼您')).toBeVisible()
  await take(later, 'widget-leave')

  const arabic = await stranger({ ...phone, locale: 'ar' })
  await arabic.goto('/chat/camellia-en')
  await expect(arabic.locator('html')).toHaveAttribute('dir', 'rtl')
  await take(arabic, 'widget-rtl')
})

test('the playground', async ({ stranger }) => {
  const page = await stranger({ viewport: { width: 1440, height: 920 } })
  await page.goto('/playground/?lang=zh')
  await expect(
    page
      .frameLocator('#phone')
      .getByRole('button', { name: /咨询|chat/i })
      .first(),
  ).toBeVisible()
  await take(page, 'playground')
})
