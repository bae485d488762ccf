import type { Page } from '@playwright/test'
import { startSimulator as startTencent } from '../../packages/channels/src/tencent/simulator.ts'
import { startSimulator as startWhatsApp } from '../../packages/channels/src/whatsapp/simulator.ts'
import { hindrances } from '../setup/axe.ts'
import { pick } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, expect, file, phone as smallScreen, test } from '../setup/test.ts'

const hour = 3_600_000

interface Named {
  id: string
}

/** An inbox with its provider. */
async function openInbox(
  admin: Page,
  {
    channel,
    name,
    simulator,
  }: {
    channel: string
    name: string
    simulator: Awaited<ReturnType<typeof startTencent>> | Awaited<ReturnType<typeof startWhatsApp>>
  },
): Promise<string> {
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const teamIds = teams.map(({ id }) => id)
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', { name, channel, teamIds })
  const account = `/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await callApi<{ version: number; callbackUrl: string }>(admin, 'GET', account)
  await callApi(admin, 'PUT', account, { version, config: simulator.config })
  simulator.pointTo(new URL(new URL(callbackUrl).pathname, admin.url()).href)
  return inbox.id
}

/** One of WhatsApp, whose clock goes with that of the server. */
async function openWhatsApp(admin: Page, name: string) {
  let aheadMs = 0
  const simulator = await startWhatsApp({ now: () => new Date(Date.now() + aheadMs) })
  const inboxId = await openInbox(admin, { channel: 'whatsapp', name, simulator })
  const submit = async (template: object) => {
    await callApi(admin, 'POST', `/inboxes/${inboxId}/templates`, { category: 'utility', parameters: [], ...template })
  }
  return { inboxId, simulator, submit, putForward: (milliseconds: number) => (aheadMs += milliseconds) }
}

test('on a phone and in English the list is brought up to date by hand', async ({ agent }) => {
  const shen = await agent('shen')
  const { simulator, submit } = await openWhatsApp(shen, 'WhatsApp phone')
  await submit({ name: 'greeting', language: 'en', text: 'Hello {{1}}, how can we help?', parameters: ['Ann'] })
  await simulator.settled()
  await simulator.phone('Ben').say({ type: 'text', text: 'A question from the bus' })
  await find(shen, 'A question from the bus')
  const address = shen.url()
  const small = await agent('shen', { ...smallScreen, locale: 'en-GB' })
  await callApi(small, 'PATCH', '/me', { preferences: { language: 'en', theme: 'system' } })
  await small.goto(address)
  await small.getByRole('button', { name: 'Templates' }).click()
  const dialog = small.getByRole('dialog', { name: 'Send a template' })
  await expect(dialog.getByRole('option', { name: /greeting/ })).toBeVisible()
  expect(await hindrances(small, 'template picker on a phone', { within: '.ant-modal' })).toEqual([])
  await expect(dialog.getByRole('button', { name: 'Send' })).toBeDisabled()
  // Paused by the provider, whose word counts at once; the picker shows it when asked.
  simulator.review('greeting', 'PAUSED', 'LOW_QUALITY')
  await simulator.settled()
  await dialog.getByRole('button', { name: 'Update from the channel' }).click()
  await expect(dialog.getByRole('option', { name: /greeting/ })).toContainText('Paused')
  const fits = await small.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
  expect(fits).toBe(true)
  await small.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await simulator.stop()
})

test('the window expires, the composer says why, a template goes out, and the answer opens it again', async ({
  agent,
  qiao,
}) => {
  test.slow()
  const shen = await agent('shen')
  const { simulator, submit, putForward } = await openWhatsApp(shen, 'WhatsApp 海外')
  const parameters = ['SF 1024', 'Friday']
  await submit({ name: 'order_shipped', language: 'en', text: 'Your order {{1}} will arrive on {{2}}.', parameters })
  await submit({ name: 'order_shipped_zh', language: 'zh_CN', text: '您的订单 {{1}} 预计 {{2}} 送达。', parameters })
  await submit({ name: 'rejected_offer', language: 'en', text: 'Buy now!', category: 'marketing' })
  await simulator.settled()

  const customer = simulator.phone('Amelia')
  await customer.say({ type: 'text', text: 'Where is my tea set?' })
  await find(shen, 'Where is my tea set?')
  const composer = shen.getByRole('region', { name: '回复', exact: true })
  await expect(shen.getByRole('status').filter({ hasText: /可回复至/ })).toBeVisible()
  // Also while the window is open, without being in the way.
  await expect(composer.getByRole('button', { name: '模板消息' })).toBeVisible()

  putForward(25 * hour)
  await qiao.putForward(25 * hour)
  await shen.reload()
  await expect(shen.getByText(/回复窗口已于 .+ 关闭。客户再次来信后可再回复。可以发送模板消息。/)).toBeVisible()
  await shen.getByRole('button', { name: '发送模板消息' }).click()

  const dialog = shen.getByRole('dialog', { name: '发送模板消息' })
  const search = dialog.getByRole('combobox', { name: '搜索模板' })
  await expect(search).toBeFocused()
  const list = dialog.getByRole('listbox', { name: '模板' })
  await expect(list.getByRole('option')).toHaveCount(3)
  await expect(list.getByRole('option', { name: /rejected_offer/ })).toContainText('未通过 · ABUSIVE_CONTENT')
  await expect(list.getByRole('option', { name: /rejected_offer/ })).toHaveAttribute('aria-disabled', 'true')
  expect(await hindrances(shen, 'template picker', { within: '.ant-modal' })).toEqual([])
  await search.fill('rejected')
  await expect(dialog.getByText('不能发送：未通过 · ABUSIVE_CONTENT')).toBeVisible()
  await expect(dialog.getByRole('button', { name: '发送' })).toBeDisabled()

  // By keyboard alone: search, choose, fill in, send.
  await search.fill('shipped')
  await expect(list.getByRole('option')).toHaveCount(2)
  await search.press('ArrowDown')
  await expect(list.getByRole('option', { selected: true })).toContainText('Your order')
  await search.press('Enter')
  await expect(dialog.getByRole('textbox', { name: '变量 1' })).toBeFocused()
  await shen.keyboard.type('SF 2048')
  await expect(dialog.getByText('Your order SF 2048 will arrive on {{2}}.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: '发送' })).toBeDisabled()
  await shen.keyboard.press('Tab')
  await shen.keyboard.type('Monday')
  await shen.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)

  const words = 'Your order SF 2048 will arrive on Monday.'
  await expect(shen.getByRole('main').getByRole('article').filter({ hasText: words })).toBeVisible()
  await expect.poll(() => customer.screen.filter(({ mine }) => !mine).map(({ text }) => text)).toEqual([words])

  await customer.say({ type: 'text', text: 'Thank you!' })
  // Jobs of a later time go by the database, whose clock was not put forward: the sweep of each minute brings this one.
  const answer = shen.getByRole('main').getByRole('article').filter({ hasText: 'Thank you!' })
  await expect(answer).toBeVisible({ timeout: 100_000 })
  await expect(shen.getByRole('status').filter({ hasText: /可回复至/ })).toBeVisible()
  await composer.getByRole('textbox').fill('You are welcome')
  await composer.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => customer.screen.at(-1)?.text).toBe('You are welcome')
  expect(simulator.refusals).toEqual([])
  await simulator.stop()
  await qiao.putForward(0)
})

test('an administrator writes templates, sees what the provider decides as it does, and agents send the approved one', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', { viewport: { width: 1280, height: 900 } })
  const { inboxId, simulator } = await openWhatsApp(shen, 'WhatsApp 模板')
  await shen.goto(`/settings/inboxes/${inboxId}/templates`)
  const page = shen.getByRole('region', { name: '模板消息' })
  await expect(page.getByText('还没有模板')).toBeVisible()
  const panel = shen.getByRole('dialog', { name: '新建模板' })
  const field = (name: string) => panel.getByLabel(name, { exact: true })
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })

  await test.step('what the provider would not take stands at its field before anything is sent', async () => {
    await page.getByRole('button', { name: '新建模板' }).click()
    await field('名称').fill('订单')
    await field('正文').fill('{{1}} 已发货')
    await panel.getByRole('button', { name: '提交审核' }).click()
    await expect(panel.getByText('渠道方不接受这样的名称')).toBeVisible()
    await expect(panel.getByText('变量不能放在正文的开头或结尾')).toBeVisible()
    await expect(panel.getByText('请填写此项。')).toBeVisible()
    await field('名称').click()
    expect(await hindrances(shen, 'template builder', { within: '.ant-drawer' })).toEqual([])
  })

  await test.step('it is written by keyboard with places, examples and buttons, and looks as it will look', async () => {
    await field('名称').fill('Order Slow')
    await expect(field('名称')).toHaveValue('order_slow')
    await field('标题').fill('发货通知 {{1}}')
    await field('标题中 {{1}} 的示例').fill('顺丰')
    await field('正文').fill('订单  已发货。')
    await field('正文').press('Home')
    for (let step = 0; step < 3; step += 1) await shen.keyboard.press('ArrowRight')
    await shen.keyboard.press('Tab')
    await shen.keyboard.press('Enter')
    await expect(field('正文')).toHaveValue('订单 {{1}} 已发货。')
    await expect(field('正文')).toBeFocused()
    await field('{{1}} 的示例').fill('SF 1024')
    await field('页脚').fill('山茶茶业')
    await panel.getByRole('button', { name: '添加按钮' }).click()
    await field('按钮 1 的文字').fill('我已收货')
    await panel.getByRole('button', { name: '添加按钮' }).click()
    await field('按钮 2 的类型').click()
    await pick(shen, '打开网址')
    await field('按钮 2 的文字').fill('查物流')
    await field('按钮 2 的网址').fill('https://camellia.example/track/{{1}}')
    await field('按钮 2 的完整网址示例').fill('https://camellia.example/track/1024')
    const preview = panel.getByRole('figure', { name: '客户将看到' })
    await expect(preview).toContainText('订单 SF 1024 已发货。')
    for (const words of ['发货通知 顺丰', '山茶茶业', '我已收货', '查物流']) await expect(preview).toContainText(words)
    await panel.getByRole('button', { name: '提交审核' }).click()
    await expect(panel).toHaveCount(0)
    await expect(row('order_slow')).toContainText('审核中')
  })

  await test.step('the decision arrives by itself', async () => {
    simulator.review('order_slow', 'APPROVED')
    await expect(row('order_slow')).toContainText('已通过')
  })

  await test.step('a rejected one says why, and the same name is not taken twice', async () => {
    const again = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: '新建模板' }).click()
      await field('名称').fill(name)
      await field('正文').fill('限时抢购！')
      await panel.getByRole('button', { name: '提交审核' }).click()
    }
    await again('rejected_offer')
    await expect(row('rejected_offer')).toContainText('ABUSIVE_CONTENT')
    await expect(row('rejected_offer')).toContainText('未通过')
    await again('rejected_offer')
    await expect(panel.getByRole('alert')).toContainText('渠道方没有接受这个模板')
    await panel.getByRole('button', { name: '取消' }).click()
    expect(await hindrances(shen, 'templates')).toEqual([])
  })

  await test.step('the agent sends the approved one, and its button is pressed', async () => {
    const customer = simulator.phone('Noor')
    await customer.say({ type: 'text', text: '我的茶具寄出了吗' })
    const lin = await agent('lin')
    await find(lin, '我的茶具寄出了吗')
    await lin.getByRole('button', { name: '模板消息' }).click()
    const dialog = lin.getByRole('dialog', { name: '发送模板消息' })
    await dialog.getByRole('option', { name: /order_slow/ }).click()
    await dialog.getByLabel('标题的变量 1').fill('顺丰')
    await dialog.getByLabel('变量 1', { exact: true }).fill('SF 2048')
    await dialog.getByLabel('按钮“查物流”的网址结尾').fill('20 48')
    await expect(dialog.getByText('空格太多')).toBeVisible()
    await expect(dialog.getByRole('button', { name: '发送' })).toBeDisabled()
    await dialog.getByLabel('按钮“查物流”的网址结尾').fill('2048')
    await expect(dialog.getByRole('figure')).toContainText('https://camellia.example/track/2048')
    expect(await hindrances(lin, 'template form', { within: '.q-templates' })).toEqual([])
    await dialog.getByRole('button', { name: '发送' }).click()
    const text = '发货通知 顺丰\n订单 SF 2048 已发货。\n山茶茶业'
    await expect.poll(() => customer.screen.filter(({ mine }) => !mine).map((bubble) => bubble.text)).toEqual([text])
    await expect(lin.getByRole('main').getByText('https://camellia.example/track/2048')).toBeVisible()
    await customer.act('press:我已收货')
    await expect(lin.getByRole('main').getByRole('article').filter({ hasText: '我已收货' }).last()).toBeVisible()
    // Leads see what there is to send, and leave it as it is.
    await lin.goto(`/settings/inboxes/${inboxId}/templates`)
    await expect(lin.getByRole('button', { name: '查看“order_slow”' })).toBeVisible()
    await expect(lin.getByRole('button', { name: /新建模板|删除/ })).toHaveCount(0)
  })

  await test.step('one with a picture: a sample when it is made, another picture when it is sent', async () => {
    await page.getByRole('button', { name: '新建模板' }).click()
    await field('名称').fill('new_tea')
    await field('标题类型').click()
    await pick(shen, '图片')
    await field('正文').fill('新茶到了，欢迎来尝。')
    await panel.getByRole('button', { name: '提交审核' }).click()
    await expect(panel.getByText('请填写此项。')).toBeVisible()
    await panel.locator('[data-part="template-sample"]').setInputFiles(file('cup.jpg'))
    await expect(panel.getByRole('button', { name: 'cup.jpg' })).toBeVisible()
    await panel.getByRole('button', { name: '提交审核' }).click()
    await expect(row('new_tea')).toContainText('已通过')
    const lin = await agent('lin')
    await lin.goto('/inbox/all')
    await lin.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: '我已收货' }).click()
    await lin.getByRole('button', { name: '模板消息' }).click()
    const dialog = lin.getByRole('dialog', { name: '发送模板消息' })
    await dialog.getByRole('option', { name: /new_tea/ }).click()
    await expect(dialog.getByRole('button', { name: '发送' })).toBeDisabled()
    await dialog.locator('[data-part="template-file"]').setInputFiles(file('cup.jpg'))
    await dialog.getByRole('button', { name: '发送' }).click()
    const shown = () => simulator.phone('Noor').screen.at(-1)
    await expect.poll(() => shown()?.text).toBe('新茶到了，欢迎来尝。')
    expect(simulator.file?.(shown()?.media?.id ?? '')?.mime).toBe('image/jpeg')
    await page.getByRole('button', { name: '删除“new_tea”' }).click()
    await shen.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    await expect(row('new_tea')).toHaveCount(0)
  })

  await test.step('it is found, looked at and removed', async () => {
    await page.getByLabel('搜索模板').fill('order slow')
    await expect(page.getByRole('row')).toHaveCount(2)
    await page.getByRole('button', { name: '查看“order_slow”' }).click()
    const shown = shen.getByRole('dialog', { name: '查看“order_slow”' })
    await expect(shown.getByRole('figure')).toContainText('订单 {{1}} 已发货。')
    await shen.keyboard.press('Escape')
    await expect(shown).toHaveCount(0)
    await page.getByRole('button', { name: '删除“order_slow”' }).click()
    await shen.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    await expect(page.getByText('没有符合的模板')).toBeVisible()
    // The question keeps the focus until it is gone.
    await expect(shen.getByRole('dialog')).toHaveCount(0)
    await page.getByLabel('搜索模板').fill('')
    await expect(row('rejected_offer')).toBeVisible()
  })

  await test.step('on a phone, in English and in the dark, with the longest words', async () => {
    await callApi(shen, 'POST', `/inboxes/${inboxId}/templates`, {
      name: `long_${'name_'.repeat(40)}`,
      language: 'en',
      category: 'utility',
      text: `A ${'verylongword'.repeat(60)} {{1}} end`,
      parameters: ['x'],
    })
    const small = await agent('shen', { ...smallScreen, locale: 'en-GB', colorScheme: 'dark' })
    await callApi(small, 'PATCH', '/me', { preferences: { language: 'en', theme: 'system' } })
    await small.goto(`/settings/inboxes/${inboxId}/templates`)
    await expect(small.getByText('Approved', { exact: true })).toBeVisible()
    const fits = () => small.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    expect(await fits()).toBe(true)
    expect(await hindrances(small, 'templates on a phone')).toEqual([])
    await small.getByRole('button', { name: 'New template' }).click()
    const form = small.getByRole('dialog', { name: 'New template' })
    await form.getByRole('button', { name: 'Insert a variable' }).click()
    await expect(form.getByLabel('Text', { exact: true })).toHaveValue('{{1}}')
    await form.getByRole('button', { name: 'Submit for review' }).click()
    await expect(form.getByText('A variable can stand neither first nor last.')).toBeVisible()
    expect(await fits()).toBe(true)
    await form.getByLabel('Text', { exact: true }).click()
    expect(await hindrances(small, 'template builder on a phone', { within: '.ant-drawer' })).toEqual([])
    await callApi(small, 'PATCH', '/me', { preferences: { language: 'zh-CN', theme: 'system' } })
  })
  expect(simulator.refusals).toEqual(['100'])
  await simulator.stop()
})

test('a template of texts is named, rejected with a reason, changed, and sent by the agent', async ({ agent }) => {
  const shen = await agent('shen', { viewport: { width: 1280, height: 900 } })
  const simulator = await startTencent()
  const inboxId = await openInbox(shen, { channel: 'tencent', name: '腾讯云短信模板', simulator })
  await shen.goto(`/settings/inboxes/${inboxId}/templates`)
  const page = shen.getByRole('region', { name: '模板消息' })
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  const panel = shen.getByRole('dialog', { name: /新建模板|修改/ })
  const field = (name: string) => panel.getByLabel(name, { exact: true })
  await page.getByRole('button', { name: '新建模板' }).click()
  await field('名称').fill('取件（驳回样例）')
  await field('正文').fill('取件码{{1}}{{2}}')
  await field('{{1}} 的示例').fill('1204')
  await field('{{2}} 的示例').fill('周五')
  await panel.getByRole('button', { name: '提交审核' }).click()
  await expect(panel.getByText('两个变量之间要有文字')).toBeVisible()
  await field('正文').fill('取件码{{1}}，请在{{2}}前来取。')
  await field('申请说明').fill('到店自提')
  await expect(panel.getByRole('figure')).toContainText('【茶叶店】取件码1204，请在周五前来取。')
  await field('名称').click()
  expect(await hindrances(shen, 'template of texts', { within: '.ant-drawer' })).toEqual([])
  await panel.getByRole('button', { name: '提交审核' }).click()
  await expect(row('取件（驳回样例）')).toContainText('模板内容不符合规范')
  await shen.getByRole('button', { name: '修改“取件（驳回样例）”' }).click()
  await expect(field('正文')).toHaveValue('取件码{{1}}，请在{{2}}前来取。')
  await field('名称').fill('到店自提')
  await field('{{1}} 的示例').fill('1204')
  await field('{{2}} 的示例').fill('周五')
  await field('申请说明').fill('到店自提')
  await panel.getByRole('button', { name: '提交审核' }).click()
  await expect(row('到店自提')).toContainText('已通过')
  await expect(shen.getByRole('button', { name: '修改“到店自提”' })).toHaveCount(0)

  const customer = simulator.phone('Chen')
  await customer.say({ type: 'text', text: '茶到店了吗' })
  await find(shen, '茶到店了吗')
  await shen.getByRole('button', { name: '模板消息' }).click()
  const dialog = shen.getByRole('dialog', { name: '发送模板消息' })
  await dialog.getByRole('option', { name: /到店自提/ }).click()
  await dialog.getByLabel('变量 1').fill('3301')
  await dialog.getByLabel('变量 2').fill('周日')
  await dialog.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => customer.screen.at(-1)?.text).toBe('【茶叶店】取件码3301，请在周日前来取。')
  await simulator.stop()
})
