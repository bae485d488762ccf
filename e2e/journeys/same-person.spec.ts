import type { Page } from '@playwright/test'
import type { Inbox } from '@qiao/protocol'
import { startSimulator } from '../../packages/channels/src/open-channel/simulator.ts'
import { hindrances } from '../setup/axe.ts'
import { answer, inThread, openConversation, startChat } from '../setup/chat.ts'
import { handset, openPhones, write } from '../setup/handset.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

const panelOf = (page: Page) => page.getByRole('complementary', { name: '客户资料' })

test('an agent compares two who may be one, merges them, and a lead takes it back', async ({ agent, stranger }) => {
  const [first, second] = [await stranger(), await stranger()]
  await first.goto('/chat/camellia-zh?email=zhixia@example.com&phone=13800001234')
  await startChat(first, { name: '叶知夏', department: '物流与退换', text: '杯子到了吗？' })
  await second.goto('/chat/camellia-zh?email=zhixia@example.com')
  await startChat(second, { name: '知夏', department: '物流与退换', text: '想换个颜色' })
  const page = await agent('he')
  await openConversation(page, '待分配', '叶知夏')
  const panel = panelOf(page)
  await expect(panel.getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(1)
  await expect(panel.getByText('留的邮箱相同（未验证）：zhixia@example.com')).toBeVisible()

  await panel.getByRole('button', { name: '合并「知夏」' }).click()
  const dialog = page.getByRole('dialog', { name: '合并客户' })
  await expect(dialog.getByRole('radio', { name: '姓名: 叶知夏' })).toBeChecked()
  await dialog.getByRole('radio', { name: '姓名: 知夏', exact: true }).check()
  await dialog.getByRole('button', { name: '确认合并' }).click()
  await expect(dialog).toBeHidden()
  await expect(panel.getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('heading', { name: '知夏' })).toBeVisible()
  await expect(panel.getByRole('button', { name: '撤销合并「知夏」' })).toBeHidden()

  // Neither of the two in the shop noticed, and neither reads what the other wrote.
  await second.reload()
  await expect(second.getByText('想换个颜色').first()).toBeVisible()
  await expect(second.getByText('杯子到了吗？')).toBeHidden()

  const lead = await agent('lin', callsOnly)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const { contact } = await callApi<{ contact: { id: string } }>(lead, 'GET', `/conversations/${id}`)
  await lead.goto(`/contacts/${contact.id}`)
  await expect(lead.getByText(/何嘉树 合并/)).toBeVisible()
  await lead.getByRole('button', { name: '撤销合并「知夏」' }).click()
  await lead.getByRole('dialog').getByRole('button', { name: '撤销合并' }).click()
  await expect(lead.getByText(/已由 林晓 于 .* 撤销/)).toBeVisible()
  await expect(lead.getByRole('heading', { name: '叶知夏' })).toBeVisible()
  // The agent's open screen follows by itself.
  await expect(panel.getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(1)
  await expect(panel.getByText('可能是同一个人')).toBeHidden()
})

test('two who look alike are told apart, and stay so', async ({ agent, stranger }) => {
  for (const name of ['周一诺', '一诺']) {
    const visitor = await stranger()
    await visitor.goto('/chat/camellia-zh?phone=13700005678')
    await startChat(visitor, { name, department: '物流与退换', text: '在吗' })
  }
  const page = await agent('he', { at: '/contacts' })
  await page.getByRole('link', { name: '查看疑似重复的客户' }).click()
  const pair = page.getByRole('region', { name: '疑似重复的客户' }).getByRole('listitem').filter({ hasText: '周一诺' })
  await pair.getByRole('button', { name: '不是同一个人' }).click()
  await expect(pair).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: '疑似重复的客户' })).toBeVisible()
  await expect(page.getByText('周一诺').nth(1)).toBeHidden()
})

test('a customer opens the link that an agent made, and is the same person on the other page', async ({
  agent,
  stranger,
}) => {
  const admin = await agent('shen', callsOnly)
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
  const web = inboxes.find(({ key }) => key === 'camellia-zh')
  const continueIn = inboxes.flatMap(({ id, channel }) => (channel === 'telegram' ? [id] : []))
  const changed = { version: web?.version, settings: { ...web?.settings, continueIn } }
  await callApi(admin, 'PATCH', `/inboxes/${web?.id}`, changed)
  const visitor = await stranger()
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '钱多多', department: '物流与退换', text: '我也在英文店' })
  const page = await agent('he')
  await openConversation(page, '待分配', '钱多多')
  await panelOf(page).getByRole('button', { name: '关联其他渠道' }).click()
  const dialog = page.getByRole('dialog', { name: '关联其他渠道' })
  await expect(dialog.getByText(/^qb_/)).toBeVisible()
  const conversationId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const made = await callApi<{ links: { url: string }[] }>(admin, 'POST', `/conversations/${conversationId}/bind-link`)
  const link = new URL(made.links.find(({ url }) => url.includes('/chat/'))?.url ?? '')
  const elsewhere = await stranger()
  await elsewhere.goto(link.pathname + link.search)
  await expect(elsewhere.getByText(/已关联您的会话|Your chats are connected/)).toBeVisible()
  expect(new URL(elsewhere.url()).search).toBe('')
  await page.keyboard.press('Escape')
  await expect(panelOf(page).getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(2)

  // Begun by the customer: with the code that the page shows, the phone goes on in the same conversation.
  await visitor.locator('header .tool').last().click()
  const told = visitor.waitForResponse(/\/bind-links$/)
  await visitor.getByRole('button', { name: '在其他应用中继续' }).click()
  await expect(visitor.getByRole('img', { name: 'Telegram二维码' })).toBeVisible()
  expect(await hindrances(visitor, 'going on elsewhere', { within: 'dialog' })).toEqual([])
  const { token }: { token: string } = await (await told).json()
  const phones = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const telegram = handset(phones, 'Telegram')
  await write(telegram, `/start ${token}`)
  await write(telegram, '我在手机上接着说')
  await expect(inThread(page, '我在手机上接着说')).toBeVisible()
  expect(new URL(page.url()).pathname).toContain(conversationId)
  await expect(panelOf(page).getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(3)
})

test('an agent goes on in the company’s own app, and the answer there comes back to the same conversation', async ({
  agent,
  stranger,
}) => {
  const app = await startSimulator()
  const page = await agent('shen')
  const inbox = await callApi<{ id: string }>(page, 'POST', '/inboxes', { name: '会员 App', channel: 'open-channel' })
  const account = await callApi<{ version: number; callbackUrl: string }>(page, 'GET', `/inboxes/${inbox.id}/account`)
  const config = { version: account.version, config: app.config }
  await callApi(page, 'PUT', `/inboxes/${inbox.id}/account`, config)
  app.pointTo(account.callbackUrl)

  const visitor = await stranger()
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '苏禾', department: '物流与退换', text: '我要出门了' })
  await openConversation(page, '待分配', '苏禾')
  const path = new URL(page.url()).pathname
  const id = path.split('/').at(-1) ?? ''
  const { token } = await callApi<{ token: string }>(page, 'POST', `/conversations/${id}/bind-link`)
  const phone = app.phone('苏禾的手机')
  await phone.say({ type: 'text', text: `我是苏禾 ${token}` })
  await app.settled()
  await expect(panelOf(page).getByRole('list', { name: '联系渠道' }).getByRole('listitem')).toHaveCount(2)

  const way = page.getByRole('combobox', { name: '发送渠道' })
  await way.click()
  await page
    .getByTitle('会员 App')
    .or(page.locator('.q-via', { hasText: '会员 App' }))
    .last()
    .click()
  await answer(page, '苏禾', '那我发到 App 上')
  await expect(inThread(page, '那我发到 App 上')).toContainText('经由 会员 App')
  await expect.poll(() => phone.screen.map(({ text }) => text)).toContain('那我发到 App 上')
  await phone.say({ type: 'text', text: '收到，谢谢' })
  await expect(inThread(page, '收到，谢谢')).toContainText('经由 会员 App')
  expect(new URL(page.url()).pathname.split('/').at(-1)).toBe(id)
  // The next answer is meant for where the customer wrote last, also after coming back.
  await page.reload()
  await answer(page, '苏禾', '不客气')
  await expect.poll(() => phone.screen.map(({ text }) => text)).toContain('不客气')
  await app.stop()
})
