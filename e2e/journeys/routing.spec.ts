import type { Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { answerBox, inThread, said } from '../setup/chat.ts'
import { accept, arrive, choose, find, limitTo, offerOf, openQueue, statusButton } from '../setup/routing.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

const stayOffline = (page: Page) => callApi(page, 'PUT', '/routing/me/state', { state: 'offline' })
const bar = (page: Page) => page.getByRole('main').locator('.q-bar')

test('one at a time: who waits moves up as the agent gets through', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  await limitTo(admin, 'he', 1)
  const queue = await openQueue(admin, '一次一位', ['he'])
  const visitors = [await stranger(), await stranger(), await stranger()]
  const texts = ['杯子裂了', '发票开错', '能改地址吗']
  for (const [at, visitor] of visitors.entries()) await arrive(visitor, queue, texts[at] ?? '')

  const lead = await agent('lin')
  await find(lead, '能改地址吗')
  await expect(bar(lead)).toContainText('在「一次一位」排队')
  await expect(bar(lead)).toContainText('第 3 位')

  const he = await agent('he')
  await choose(he, '空闲')
  await expect(offerOf(he, '杯子裂了')).toBeVisible()
  await expect(he.getByRole('complementary', { name: '邀约' }).getByRole('article')).toHaveCount(1)
  await accept(he, '杯子裂了')
  await expect(bar(lead)).toContainText('第 2 位')
  await lead.getByRole('button', { name: '为什么还在等' }).click()
  const why = lead.getByRole('dialog', { name: '分配详情' })
  await expect(why.getByRole('definition').filter({ hasText: '何嘉树' })).toBeVisible()
  await expect(why).toContainText('容量已满')
  expect(await hindrances(lead, 'why', { within: '.ant-drawer' })).toEqual([])
  await lead.keyboard.press('Escape')

  await he.getByRole('button', { name: '结束会话' }).click()
  await accept(he, '发票开错')
  await expect(bar(lead)).toContainText('第 1 位')
  await he.getByRole('button', { name: '结束会话' }).click()
  await accept(he, '能改地址吗')
  await expect(bar(lead)).toContainText('由 何嘉树 接待')
  await he.getByRole('button', { name: '结束会话' }).click()
  await stayOffline(he)
  await limitTo(admin, 'he', 20)
})

test('a missed offer goes to the next, and the first is not responding until they say so', async ({
  agent,
  stranger,
}) => {
  const admin = await agent('shen', callsOnly)
  const queue = await openQueue(admin, '限时接入', ['he', 'zhou'], { offer: { seconds: 20 } })
  const [he, zhou] = [await agent('he'), await agent('zhou')]
  await choose(zhou, '空闲')
  const visitor = await stranger()
  await arrive(visitor, queue, '有人在吗')
  await expect(offerOf(zhou, '有人在吗')).toBeVisible()
  await choose(he, '空闲')

  await expect(zhou.getByRole('complementary', { name: '邀约' })).toContainText('已超时')
  await expect(zhou.getByRole('complementary', { name: '邀约' }).getByRole('article')).toHaveCount(0)
  await expect(statusButton(zhou)).toContainText('未响应')
  await expect(zhou.getByRole('alert').filter({ hasText: '有邀约未响应' })).toBeVisible()
  await accept(he, '有人在吗')
  expect(await hindrances(zhou, 'not responding')).toEqual([])
  await zhou.getByRole('button', { name: '恢复空闲' }).click()
  await expect(statusButton(zhou)).toContainText('空闲')
  await expect(zhou.getByRole('alert').filter({ hasText: '有邀约未响应' })).toHaveCount(0)

  await statusButton(zhou).click()
  const today = zhou.getByRole('region', { name: '今天' })
  await expect(today.locator('div').filter({ hasText: '未响应' })).toContainText(/[1-9]/)
  expect(await hindrances(zhou, 'status', { within: '.ant-popover' })).toEqual([])
  await he.getByRole('button', { name: '结束会话' }).click()
  await Promise.all([he, zhou].map(stayOffline))
})

test('declined with a reason, by the keyboard alone, it goes to somebody else', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  await callApi(admin, 'POST', '/reason-codes', { kind: 'decline', names: { zh: '正在处理其他会话', en: 'Busy' } })
  const queue = await openQueue(admin, '可以拒绝', ['he', 'zhou'])
  const [he, zhou] = [await agent('he'), await agent('zhou')]
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '我要退货')
  await expect(offerOf(he, '我要退货')).toBeVisible()
  await choose(zhou, '空闲')
  await he.keyboard.press('Control+.')
  await expect(offerOf(he, '我要退货')).toBeFocused()
  await he.keyboard.press('Escape')
  await expect(he.getByRole('group', { name: '为什么拒绝？' })).toBeVisible()
  expect(await hindrances(he, 'decline', { within: '.q-offers' })).toEqual([])
  await he.keyboard.press('Enter')
  await expect(offerOf(he, '我要退货')).toHaveCount(0)

  await expect(offerOf(zhou, '我要退货')).toBeVisible()
  await zhou.keyboard.press('Control+Shift+Enter')
  await expect(inThread(zhou, '我要退货')).toBeVisible()
  await zhou.keyboard.press('y')
  const why = zhou.getByRole('dialog', { name: '分配详情' })
  await expect(why).toContainText('何嘉树拒绝：正在处理其他会话')
  await expect(why).toContainText('周予安接入')
  await zhou.keyboard.press('Escape')
  await zhou.getByRole('button', { name: '结束会话' }).click()
  await Promise.all([he, zhou].map(stayOffline))
})

test('an offer never takes the focus from an answer that is being written', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const queue = await openQueue(admin, '两位同时', ['he'])
  const he = await agent('he')
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '第一位客户')
  await accept(he, '第一位客户')
  const box = he.getByRole('textbox', { name: /^回复/ })
  await box.fill('您好')
  await arrive(await stranger(), queue, '第二位客户')
  await expect(offerOf(he, '第二位客户')).toBeVisible()
  await expect(box).toBeFocused()
  await he.keyboard.type('，请稍等')
  await expect(box).toHaveValue('您好，请稍等')
  await he.keyboard.press('Control+Shift+Enter')
  await expect(inThread(he, '第二位客户')).toBeVisible()
  // Nor does the end of one take away another to which the agent has turned meanwhile.
  const turned = Promise.withResolvers<void>()
  await he.route('**/close', async (route) => {
    await turned.promise
    await route.continue()
  })
  await he.getByRole('button', { name: '结束会话' }).click()
  await he.getByRole('link').filter({ hasText: '第一位客户' }).click()
  await expect(box).toHaveValue('您好，请稍等')
  turned.resolve()
  await expect(he.getByText('会话已结束').last()).toBeVisible()
  await expect(box).toHaveValue('您好，请稍等')
  await he.getByRole('button', { name: '结束会话' }).click()
  await expect(he.getByRole('link').filter({ hasText: '第一位客户' })).toHaveCount(0)
  await stayOffline(he)
})

test('handed to another queue with a note, it rings there', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const first = await openQueue(admin, '售前一组', ['he'])
  await openQueue(admin, '发票二组', ['zhou'])
  const [he, zhou] = [await agent('he'), await agent('zhou')]
  await choose(he, '空闲')
  const visitor = await stranger()
  await arrive(visitor, first, '想开专票')
  await accept(he, '想开专票')
  await choose(zhou, '空闲')
  await he.keyboard.press('t')
  const form = he.getByRole('form', { name: '转接、咨询与邀请' })
  await expect(form.getByRole('option', { name: /发票二组/ })).toContainText('1 人空闲')
  await form.getByRole('combobox', { name: '转接给' }).fill('发票')
  await he.keyboard.press('Enter')
  await he.keyboard.type('税号已核对，只差邮箱')
  await he.keyboard.press('Control+Enter')
  await expect(he.getByText('已转接给 发票二组')).toBeVisible()

  await accept(zhou, '想开专票')
  await expect(zhou.getByText('何嘉树转接到队列「发票二组」')).toBeVisible()
  await expect(zhou.getByText('税号已核对，只差邮箱')).toBeVisible()
  await expect(visitor.getByText('税号已核对')).toHaveCount(0)
  await zhou.getByRole('button', { name: '结束会话' }).click()
  await Promise.all([he, zhou].map(stayOffline))
})

test('a colleague is asked, then takes part; the customer sees only what is meant for them', async ({
  agent,
  stranger,
}) => {
  const admin = await agent('shen', callsOnly)
  const queue = await openQueue(admin, '可以咨询', ['he'])
  const [he, zhou] = [await agent('he'), await agent('zhou')]
  await choose(he, '空闲')
  const visitor = await stranger()
  await arrive(visitor, queue, '能刻字吗')
  await accept(he, '能刻字吗')
  await he.keyboard.press('c')
  await he.getByRole('option', { name: /周予安/ }).click()
  await he.getByRole('textbox', { name: /想问什么/ }).fill('这款能刻字吗')
  await he.getByRole('button', { name: '发起咨询' }).click()
  await expect(he.getByRole('region', { name: '内部咨询 · 与 周予安' })).toContainText('仅坐席可见')

  await zhou.getByRole('list', { name: '我的其他工作' }).getByRole('button', { name: /咨询/ }).click()
  const asked = zhou.getByRole('region', { name: '内部咨询 · 与 何嘉树' })
  await expect(asked).toContainText('这款能刻字吗')
  await expect(zhou.getByRole('textbox', { name: /^回复/ })).toHaveCount(0)
  await asked.getByRole('textbox').fill('可以，两行以内')
  // The next sentence can be begun before the first has gone.
  const begun = Promise.withResolvers<void>()
  await zhou.route(/\/consults\//, async (route) => {
    await begun.promise
    await route.continue()
  })
  await asked.getByRole('textbox').press('Enter')
  await asked.getByRole('textbox').press('Control+A')
  await asked.getByRole('textbox').pressSequentially('要三天')
  begun.resolve()
  const consult = he.getByRole('region', { name: '内部咨询 · 与 周予安' })
  await expect(consult).toContainText('可以，两行以内')
  await expect(asked.getByRole('log')).toContainText('可以，两行以内')
  await expect(asked.getByRole('textbox')).toHaveValue('要三天')
  await asked.getByRole('textbox').fill('')
  expect(await hindrances(he, 'consult', { within: '.q-thread' })).toEqual([])

  await consult.getByRole('button', { name: '邀请加入' }).click()
  await consult.getByRole('button', { name: '结束咨询' }).click()
  await expect(he.getByRole('region', { name: '何嘉树 咨询 周予安' })).toContainText('可以，两行以内')
  await expect(bar(zhou)).toContainText('你已加入，与 何嘉树 一起接待')
  await zhou.getByRole('textbox', { name: /^回复/ }).fill('您好，刻字两行以内都可以')
  await zhou.keyboard.press('Enter')
  await expect(said(visitor, '刻字两行以内都可以')).toBeVisible()
  await expect(visitor.getByText('这款能刻字吗')).toHaveCount(0)
  await expect(visitor.getByText('可以，两行以内')).toHaveCount(0)

  await he.getByRole('button', { name: '会话成员：何嘉树、周予安' }).click()
  await he.getByRole('button', { name: '移出' }).click()
  await expect(bar(zhou)).toContainText('由 何嘉树 接待')
  await he.keyboard.press('Escape')
  await he.getByRole('button', { name: '结束会话' }).click()
  await stayOffline(he)
})

test('a lead whispers, joins and takes over', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const queue = await openQueue(admin, '有人督导', ['he'])
  const [he, lead] = [await agent('he'), await agent('lin')]
  await choose(he, '空闲')
  const visitor = await stranger()
  await arrive(visitor, queue, '我要投诉')
  await accept(he, '我要投诉')
  await find(lead, '我要投诉')
  // Looked at in silence: the agent is not told who watches.
  await expect(he.getByText('林晓正在查看')).toHaveCount(0)

  await lead.keyboard.press('w')
  const field = lead.getByRole('textbox', { name: /对 何嘉树 耳语：仅坐席可见/ })
  await field.fill('先道歉，再问订单号')
  await lead.getByRole('button', { name: '发送耳语' }).click()
  await expect(inThread(he, '先道歉，再问订单号')).toContainText('仅坐席可见 · 耳语')
  await field.fill('再看看')
  await lead.getByRole('radiogroup', { name: '回复或备注' }).getByText('回复').click()
  await expect(answerBox(lead, await nameOf(lead))).toHaveValue('')
  await lead.getByRole('radiogroup', { name: '回复或备注' }).getByText('耳语').click()
  await expect(field).toHaveValue('再看看')
  // As other drafts it outlives a look elsewhere, and stands where it stood: where only the agent hears it.
  await lead
    .getByRole('list', { name: '会话列表' })
    .getByRole('link')
    .filter({ hasNotText: '我要投诉' })
    .first()
    .click()
  await expect(lead.getByRole('textbox', { name: /^回复/ })).toHaveValue('')
  await find(lead, '我要投诉')
  await expect(field).toHaveValue('再看看')
  await field.fill('再看看订单')

  await he.getByRole('textbox', { name: /^回复/ }).fill('非常抱歉')
  await he.keyboard.press('Enter')
  await expect(said(visitor, '非常抱歉')).toBeVisible()
  const grounds = await Promise.all(
    ['先道歉，再问订单号', '非常抱歉'].map((text) =>
      inThread(he, text)
        .locator('.q-bubble')
        .evaluate((bubble) => getComputedStyle(bubble).backgroundColor),
    ),
  )
  expect(new Set(grounds).size).toBe(2)

  await bar(lead).getByRole('button', { name: '加入会话' }).click()
  await expect(bar(lead)).toContainText('你已加入，与 何嘉树 一起接待')
  await expect(he.getByRole('button', { name: '会话成员：何嘉树、林晓' })).toBeVisible()
  await bar(lead).getByRole('button', { name: '接管' }).click()
  await lead
    .getByRole('dialog')
    .getByRole('button', { name: /接\s*管/ })
    .click()
  await expect(bar(he)).toContainText('由 林晓 接待')
  // Nobody is left to whisper to: the words do not turn into a reply.
  await expect(lead.getByText('现在没有可以耳语的坐席')).toBeVisible()
  await lead.getByRole('textbox', { name: '现在没有可以耳语的坐席' }).press('Enter')
  await expect(lead.getByRole('textbox', { name: '现在没有可以耳语的坐席' })).toHaveValue('再看看订单')
  await lead.getByRole('radiogroup', { name: '回复或备注' }).getByText('回复').click()
  await lead.getByRole('textbox', { name: /^回复/ }).fill('我是主管林晓，由我来处理')
  await lead.keyboard.press('Enter')
  await expect(said(visitor, '由我来处理')).toBeVisible()
  await expect(visitor.getByText('先道歉')).toHaveCount(0)
  await expect(visitor.getByText('再看看订单')).toHaveCount(0)
  await lead.getByRole('button', { name: '结束会话' }).click()
  await stayOffline(he)
})

const nameOf = async (page: Page): Promise<string> =>
  (await page.getByRole('main').getByRole('heading').first().textContent()) ?? ''

test('whoever served last is asked first, and after their time everybody', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  await limitTo(admin, 'he', 1)
  const queue = await openQueue(admin, '熟客优先', ['he', 'zhou'], { lastAgent: { withinHours: 24, waitSeconds: 12 } })
  const [he, zhou] = [await agent('he'), await agent('zhou')]
  await choose(he, '空闲')
  const visitor = await stranger()
  await arrive(visitor, queue, '第一次来')
  await accept(he, '第一次来')
  await he.getByRole('button', { name: '结束会话' }).click()
  // He is there, but has his hands full: he is waited for, and then no longer.
  await arrive(await stranger(), queue, '先来占个位')
  await accept(he, '先来占个位')
  await choose(zhou, '空闲')
  await startAgain(visitor, queue.chat, '我又来了')
  await find(zhou, '我又来了')
  await zhou.getByRole('button', { name: '为什么还在等' }).click()
  const why = zhou.getByRole('dialog', { name: '分配详情' })
  await expect(why).toContainText('先等优先坐席')
  await zhou.keyboard.press('Escape')
  await accept(zhou, '我又来了')
  await zhou.getByRole('button', { name: '结束会话' }).click()
  await he.getByRole('button', { name: '结束会话' }).click()

  await startAgain(visitor, queue.chat, '第三次来')
  await expect(offerOf(zhou, '第三次来')).toContainText('优先派给你')
  await accept(zhou, '第三次来')
  await zhou.getByRole('button', { name: '结束会话' }).click()
  await Promise.all([he, zhou].map(stayOffline))
  await limitTo(admin, 'he', 20)
})

async function startAgain(visitor: Page, chat: string, text: string): Promise<void> {
  await visitor.goto(chat)
  await visitor.getByRole('button', { name: /开始(新的)?咨询|发起新咨询|新的咨询/ }).click()
  await visitor.getByRole('textbox', { name: '输入消息' }).fill(text)
  await visitor.getByRole('button', { name: '发送', exact: true }).click()
}
