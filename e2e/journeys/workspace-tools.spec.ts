import { demoPassword } from '../../apps/server/src/demo/company.ts'
import { answer, answerBox, inThread, openConversation, said, say, startChat } from '../setup/chat.ts'
import { callApi, callsOnly, emailOf, expect, phone, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a conversation is worked with the keyboard alone', async ({ agent, stranger }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '键盘客', department: '选茶与定制', text: '茶具怎么洗' })
  const page = await agent('zhou')
  const open = page.getByRole('heading', { name: '键盘客' })
  await expect(page.getByRole('navigation', { name: '会话视图' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.mouse.click(5, 5)
  await expect(page.getByRole('combobox')).toHaveCount(0)
  // At once: not a letter of it is lost, or taken for a shortcut.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('键盘')
  await expect(page.getByRole('combobox')).toHaveValue('键盘')
  // Even where the browser has not told yet that the one before is closed.
  await page.getByRole('dialog').evaluate((dialog: HTMLDialogElement) => {
    dialog.close()
    dialog.ownerDocument.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }),
    )
  })
  await page.keyboard.type('键盘客')
  await expect(page.getByRole('combobox')).toHaveValue('键盘客')
  await expect(page.getByRole('option', { name: /键盘客 #/ })).toBeVisible()
  for (const _ of Array.from({ length: 12 })) {
    if (await page.getByRole('option', { name: /键盘客 #/, selected: true }).isVisible()) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(open).toBeVisible()
  await page.keyboard.press('m')
  await expect(page.getByText(/领取了会话|分配给/).last()).toBeVisible()
  await page.keyboard.press('r')
  await expect(answerBox(page, '键盘客')).toBeFocused()
  await page.keyboard.type('温水冲净即可')
  // The newest stays in view while the composer grows.
  for (const line of ['不用洗洁精', '自然晾干', '避免暴晒', '轻拿轻放']) {
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type(line)
  }
  await expect(inThread(page, '茶具怎么洗')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Enter')
  await expect(said(visitor, '温水冲净即可')).toBeVisible()
  await page.setViewportSize({ width: 1024, height: 560 })
  await expect(inThread(page, '轻拿轻放')).toBeInViewport({ ratio: 1 })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await page.keyboard.type('保养')
  await page.keyboard.press('Enter')
  await expect(page.getByText('添加标签：保养')).toBeVisible()
  // The suggestions first, then the field.
  await page.keyboard.press('Escape')
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox', { name: '编辑标签' })).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog').getByText('结束会话')).toBeInViewport()
  await expect(page.getByRole('dialog').getByText('关闭弹出的面板')).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('e')
  await expect(visitor.getByText('请为本次服务打分')).toBeVisible()
})

test('a draft follows the agent to another device, and does not come back once it is sent', async ({
  agent,
  stranger,
}) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '两台电脑', department: '选茶与定制', text: '有礼袋吗' })
  const desk = await agent('zhou')
  await openConversation(desk, '待分配', '两台电脑')
  const saved = desk.waitForResponse(
    (response) => response.url().endsWith('/draft') && response.request().method() === 'PUT',
  )
  await answerBox(desk, '两台电脑').fill('有的，每份都')
  await saved
  const home = await agent('zhou')
  await openConversation(home, '待分配', '两台电脑')
  await expect(answerBox(home, '两台电脑')).toHaveValue('有的，每份都')
  await answer(home, '两台电脑', '有的，每份都配')
  await expect(said(visitor, '有的，每份都配')).toBeVisible()
  await desk.reload()
  await expect(inThread(desk, '有的，每份都配')).toBeVisible()
  await expect(answerBox(desk, '两台电脑')).toHaveValue('')
})

test('colleagues see each other: who looks, who writes, who is mentioned', async ({ agent, stranger }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '大客户', department: '选茶与定制', text: '五百份怎么算' })
  const sales = await agent('zhou')
  const lead = await agent('lin')
  await openConversation(sales, '待分配', '大客户')
  await openConversation(lead, '待分配', '大客户')
  await expect(sales.getByText('林晓正在查看')).toBeVisible()
  await answerBox(sales, '大客户').pressSequentially('我算')
  await expect(lead.getByText('周予安正在输入…')).toBeVisible()
  await answerBox(sales, '大客户').fill('')

  await lead.goto('/inbox/mine')
  await expect(sales.getByText('林晓正在查看')).toHaveCount(0)
  await sales.getByRole('radiogroup', { name: '回复或备注' }).getByText('备注').click()
  const note = sales.getByRole('textbox', { name: /写给同事的备注/ })
  await note.pressSequentially('@林')
  await note.press('Enter')
  await note.pressSequentially('能给九折吗')
  await note.press('Enter')
  await expect(inThread(sales, '能给九折吗')).toContainText('客户不可见')
  await lead.getByRole('button', { name: /^更多/ }).click()
  await lead.getByRole('menuitem', { name: /提到我/ }).click()
  await lead.getByRole('link', { name: /大客户/ }).click()
  await expect(inThread(lead, '能给九折吗')).toContainText('@林晓')
  await expect(visitor.getByText('能给九折吗')).toHaveCount(0)
})

test('a refused reply says why and can be sent again; Enter does what the agent chose', async ({ agent, stranger }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '慢网', department: '选茶与定制', text: '在吗' })
  const page = await agent('zhou')
  await callApi(page, 'PATCH', '/me', { preferences: { sendWith: 'mod-enter' } })
  try {
    await page.reload()
    await openConversation(page, '待分配', '慢网')
    const problem = { type: 'about:blank', title: 'No', status: 403, code: 'forbidden' }
    await page.route('**/messages', (route) => route.fulfill({ status: 403, json: problem }), { times: 1 })
    await answerBox(page, '慢网').fill('在的')
    await answerBox(page, '慢网').press('Enter')
    await answerBox(page, '慢网').pressSequentially('请讲')
    await expect(answerBox(page, '慢网')).toHaveValue('在的\n请讲')
    await answerBox(page, '慢网').press('Control+Enter')
    await expect(inThread(page, '请讲')).toContainText('未发送')
    await inThread(page, '请讲').getByRole('button', { name: '重新发送' }).click()
    await expect(said(visitor, '请讲')).toBeVisible()
    await expect(page.getByRole('article').filter({ hasText: '请讲' })).toHaveCount(1)
  } finally {
    await callApi(page, 'PATCH', '/me', { preferences: { sendWith: 'enter' } })
  }
})

test('a tab in the background says what waits; a snoozed conversation wakes when its customer writes', async ({
  agent,
  stranger,
}) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '回头客', department: '选茶与定制', text: '下周补货吗' })
  const page = await agent('zhou')
  // Whose customer comes back to: somebody who is at work. Else the queue has it.
  await callApi(page, 'PUT', '/routing/me/state', { state: 'busy' })
  await openConversation(page, '待分配', '回头客')
  await answer(page, '回头客', '周一到货，到时提醒您')
  await page.getByRole('button', { name: '稍后处理' }).click()
  await page.getByText('1 小时后').click()
  await expect(page.getByText('客户来信时会提前提醒')).toBeVisible()
  const socket = page.waitForEvent('websocket')
  await page.goto('/inbox/closed')
  // Only what comes while the page listens is announced; what was there before stands in the list.
  await (await socket).waitForEvent('framereceived')
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
  })
  await say(visitor, '我改主意了')
  await expect(page).toHaveTitle('客户来信')
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:/)
  await page.goto('/inbox/mine')
  await page.getByRole('link', { name: /回头客/ }).click()
  await expect(page.getByText('客户来信，提前提醒')).toBeVisible()
  await callApi(page, 'PUT', '/routing/me/state', { state: 'offline' })
})

test('a session on another device is listed and can be ended', async ({ agent, stranger }) => {
  const page = await agent('zhou', callsOnly)
  const lost = await stranger()
  await lost.goto('/sign-in')
  await lost.getByLabel('邮箱').fill(emailOf('zhou'))
  await lost.getByLabel('密码', { exact: true }).fill(demoPassword)
  await lost.getByRole('button', { name: /登\s*录/ }).click()
  await expect(lost).toHaveURL(/\/inbox/)
  await page.goto('/settings/profile')
  await page.getByRole('button', { name: '退出其他所有设备' }).click()
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /^退\s*出$/ })
    .click()
  await expect(page.getByText('没有其他设备登录。')).toBeVisible()
  await lost.reload()
  await expect(lost).toHaveURL(/\/sign-in/)
})

test('the next conversation takes over the composer, but nothing that was typed for the one before', async ({
  agent,
  stranger,
}) => {
  for (const name of ['先来的客人', '后来的客人']) {
    const visitor = await stranger(phone)
    await visitor.goto('/chat/camellia-zh')
    await startChat(visitor, { name, department: '选茶与定制', text: '在吗' })
  }
  const page = await agent('zhou')
  await openConversation(page, '待分配', '先来的客人')
  await answerBox(page, '先来的客人').pressSequentially('给先来的')
  const tools = page.getByRole('toolbar', { name: '输入工具' })
  await tools.evaluate((element) => element.setAttribute('data-stays', ''))
  const list = page.getByRole('list', { name: '会话列表' })
  await list.getByRole('link', { name: /后来的客人/ }).click()
  const next = answerBox(page, '后来的客人')
  await expect(next).toHaveValue('')
  // Drawing it all anew was most of what opening a conversation cost.
  await expect(page.locator('[data-stays]')).toBeVisible()
  await next.focus()
  await page.keyboard.press('Control+z')
  await expect(next).toHaveValue('')
  await list.getByRole('link', { name: /先来的客人/ }).click()
  await expect(answerBox(page, '先来的客人')).toHaveValue('给先来的')
})
