import { answer, inThread, openConversation, said, say, startChat } from '../setup/chat.ts'
import { expect, phone, test } from '../setup/test.ts'

test('what is written without network survives a reload and is sent once', async ({ agent, stranger }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '地铁里的人', department: '选茶与定制', text: '还有白茶吗' })
  await expect(said(visitor, '还有白茶吗')).toContainText(/已发送|已送达/)

  await visitor.context().setOffline(true)
  await say(visitor, '我进隧道了')
  await say(visitor, '出来再看')
  await expect(said(visitor, '出来再看')).toContainText('等待网络')
  await expect(visitor.getByText('网络已断开，消息会保存，恢复后自动发送。')).toBeVisible()

  // The page itself comes from the network, so it can only come back with it; the words must not be sent twice by then.
  await visitor.context().setOffline(false)
  await visitor.reload()
  await expect(said(visitor, '出来再看')).toContainText(/已发送|已送达|已读/)

  const sales = await agent('zhou')
  await openConversation(sales, '待分配', '地铁里的人')
  await expect(inThread(sales, '出来再看')).toBeVisible()
  await expect(sales.getByRole('article').filter({ hasText: '我进隧道了' })).toHaveCount(1)
  await expect(sales.getByRole('article').filter({ hasText: '出来再看' })).toHaveCount(1)
})

test('both sides catch up without a reload when the server was killed', async ({ agent, stranger, qiao }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '守夜人', department: '物流与退换', text: '包裹到哪了' })
  const support = await agent('he')
  await openConversation(support, '待分配', '守夜人')
  await answer(support, '守夜人', '我看一下')
  await expect(said(visitor, '我看一下')).toBeVisible()

  await qiao.crash()
  await say(visitor, '我这边断了一下')
  await expect(said(visitor, '我这边断了一下')).toContainText(/发送中|等待网络/)
  await support.getByRole('textbox', { name: '回复守夜人' }).fill('明早送到')
  await support.getByRole('textbox', { name: '回复守夜人' }).press('Enter')
  await qiao.restart()

  await expect(said(visitor, '我这边断了一下')).toContainText(/已发送|已送达|已读/, { timeout: 30_000 })
  await expect(said(visitor, '明早送到')).toBeVisible({ timeout: 30_000 })
  await expect(inThread(support, '我这边断了一下')).toBeVisible({ timeout: 30_000 })
  await expect(inThread(support, '明早送到')).toContainText(/已发送|已送达|已读/, { timeout: 30_000 })
  await expect(support.getByRole('article').filter({ hasText: '明早送到' })).toHaveCount(1)
  await expect(visitor.getByRole('listitem').filter({ hasText: '我这边断了一下' })).toHaveCount(1)
})

test('what customers write while the page of an agent is still opening is there without a reload', async ({
  agent,
  stranger,
}) => {
  const arrive = async (name: string): Promise<void> => {
    const visitor = await stranger(phone)
    await visitor.goto('/chat/camellia-zh')
    await startChat(visitor, { name, department: '选茶与定制', text: `我是${name}` })
    await expect(said(visitor, `我是${name}`)).toContainText(/已发送|已送达/)
  }
  const row = (name: string) =>
    sales.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: name })
  const sales = await agent('zhou')
  const held = Promise.withResolvers<void>()

  // The list is there, the server cannot push yet.
  await sales.routeWebSocket(/\/ws\/agent/, async (socket) => {
    await held.promise
    socket.connectToServer()
  })
  await sales.goto('/inbox/all')
  await expect(sales.getByRole('list', { name: '会话列表' }).getByRole('link').first()).toBeVisible()
  await arrive('早到的人')
  await expect(row('早到的人')).toHaveCount(0)
  held.resolve()
  await expect(row('早到的人')).toBeVisible()

  // It can push, but the list was looked up before and is still on its way.
  const [looked, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await sales.route(/\/api\/v1\/conversations\?/, async (route) => {
    const response = await route.fetch()
    looked.resolve()
    await late.promise
    await route.fulfill({ response })
  })
  await sales
    .getByRole('navigation', { name: '会话视图' })
    .getByRole('button', { name: /^待分配/ })
    .click()
  await looked.promise
  await arrive('后到的人')
  late.resolve()
  await expect(row('后到的人')).toBeVisible()
})
