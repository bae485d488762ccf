import type { Inbox, OutputOf, readBoard, readRoutingSettings } from '@qiao/protocol'
import type { Locator, Page } from '@playwright/test'
import { say } from '../setup/chat.ts'
import { pickFrom } from '../setup/pick.ts'
import { quietQueues } from '../setup/quiet-queues.ts'
import { agentIdOf, emptyHands } from '../setup/routing.ts'
import { callApi, expect, test } from '../setup/test.ts'

const row = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text })
const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存', { exact: true }).first()).toBeVisible()
  // Gone with the last change; while something keeps it from being saved, the bar says what.
  await expect(page.locator('.st-save')).toHaveCount(0)
}
const choose = (place: Locator, label: string, option: string): Promise<void> =>
  pickFrom(place.getByRole('combobox', { name: label, exact: true }), option)
/** By the key: a dialog that is still growing moves away under the pointer. */
const answer = (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name }).press('Enter')
const settingsOf = (page: Page) => callApi<OutputOf<typeof readRoutingSettings>>(page, 'GET', '/routing/settings')

test('an administrator sets up a queue, a lead runs it, and both see what a change would do', async ({
  agent,
  stranger,
}) => {
  const admin = await agent('shen', { viewport: { width: 1280, height: 900 } })
  await quietQueues(admin)
  // Whoever is to be rung here has room: earlier journeys leave work in an administrator's hands.
  await emptyHands(admin, [await agentIdOf(admin, 'shen')])
  const panel = admin.getByRole('dialog')
  const main = admin.getByRole('main')

  await test.step('a skill is made and given by the keyboard', async () => {
    await admin.goto('/settings/skills')
    await admin.getByRole('button', { name: '新建技能' }).click()
    await panel.getByLabel('名称', { exact: true }).fill('会员权益')
    await panel.getByLabel('名称', { exact: true }).press('Enter')
    const cell = (name: string, level: string): Locator =>
      admin.getByRole('button', { name: `${name}，会员权益：${level}` })
    await cell('沈知秋', '无').focus()
    await admin.keyboard.press('4')
    await expect(cell('沈知秋', '4 精通')).toBeFocused()
    await save(admin)
    await admin.getByText('坐席信息', { exact: true }).click()
    await admin.getByLabel('何嘉树的工号').fill('8899')
    await save(admin)
    await admin.reload()
    await expect(cell('沈知秋', '4 精通')).toBeVisible()
  })

  await test.step('a capacity profile shows what fits', async () => {
    await admin.goto('/settings/capacity')
    await admin.getByRole('button', { name: '新建容量方案' }).click()
    await admin.getByLabel('名称', { exact: true }).fill('新人')
    await admin.getByLabel('总容量').fill('50')
    const more = admin.getByRole('button', { name: '加一个网页聊天' })
    await more.click()
    await more.click()
    await expect(admin.getByText('手上 40 / 50 单位')).toBeVisible()
    await expect(more).toBeDisabled()
    await save(admin)
    await expect(row(admin, '新人')).toContainText('50')
  })

  await test.step('codes have a name in both languages', async () => {
    await admin.goto('/settings/codes')
    for (const [button, zh, en] of [
      ['新建小休原因', '喝茶', 'Tea'],
      ['新建小结', '权益已说明', 'Benefits explained'],
    ] as const) {
      await admin.getByRole('button', { name: button }).click()
      await panel.getByLabel('中文名称').fill(zh)
      await panel.getByRole('button', { name: '保存' }).click()
      await expect(panel.getByText('请填写此项。')).toBeVisible()
      await panel.getByLabel('英文名称').fill(en)
      await panel.getByLabel('英文名称').press('Enter')
      await expect(row(admin, zh)).toContainText(en)
    }
  })

  await test.step('a queue is made, asks for the skill, and says what customers go through', async () => {
    await admin.goto('/settings/queues')
    await admin.getByRole('button', { name: '新建队列' }).click()
    await panel.getByLabel('名称', { exact: true }).fill('会员服务')
    await choose(panel, '团队', '售后 Support')
    await panel.getByRole('button', { name: '创建' }).click()
    await expect(admin.getByRole('heading', { name: '会员服务', level: 1 })).toBeVisible()
    await admin.getByRole('link', { name: '服务的坐席' }).click()
    await choose(main, '坐席', '沈知秋')
    await expect(admin.getByText('共 3 人')).toBeVisible()
    await admin.getByRole('link', { name: '技能要求' }).click()
    await admin.getByRole('button', { name: '添加一步' }).click()
    await admin.getByRole('button', { name: '添加技能' }).click()
    await choose(main, '第 1 步的技能', '会员权益')
    await expect(admin.getByText('1 位坐席满足')).toBeVisible()
    await admin.getByRole('link', { name: '上限与溢出' }).click()
    await admin.getByRole('switch', { name: '限制等待时间' }).click()
    const story = admin.getByRole('region', { name: '客户会经历' })
    await expect(story).toContainText('等待超过上限：继续等待')
    await admin.getByRole('link', { name: '客户看到的' }).click()
    await admin.getByLabel('开始排队时').fill('您排在第 {position} 位，约 {wait} 分钟')
    await expect(admin.getByText('您排在第 3 位，约 2–4 分钟')).toBeVisible()
    await save(admin)
  })

  const made = (await settingsOf(admin)).queues.find((queue) => queue.name === '会员服务')
  if (!made) throw new Error('The queue was not saved')
  const { id: queueId, name, calendarId, settings, version } = made
  // It rings until all of this was looked at, on however busy a machine.
  const offer = { ...settings.offer, seconds: 600 }
  await callApi(admin, 'PUT', `/queues/${queueId}`, { name, calendarId, version, settings: { ...settings, offer } })
  const inbox = await callApi<Inbox>(admin, 'POST', '/inboxes', { name: '会员小站', teamIds: [] })

  await test.step('an inbox uses the queue', async () => {
    const { teams } = await callApi<{ teams: { id: string }[] }>(admin, 'GET', '/teams')
    const teamIds = teams.map((team) => team.id)
    await callApi(admin, 'PATCH', `/inboxes/${inbox.id}`, { version: inbox.version, teamIds })
    await admin.goto(`/settings/inboxes/${inbox.id}/routing`)
    await choose(main, '队列', '会员服务')
    await save(admin)
    await admin.goto('/settings/queues')
    await expect(row(admin, '会员服务')).toContainText('会员小站')
  })

  const lead = await agent('lin', { viewport: { width: 1360, height: 900 } })
  const queueRow = lead.getByRole('table', { name: '队列' }).getByRole('row').filter({ hasText: '会员服务' })

  await test.step('the board shows who waits, and that nobody is there', async () => {
    await lead.getByRole('link', { name: '排队看板' }).click()
    await expect(queueRow.getByRole('button', { name: /排队 0 位/ })).toBeVisible()
    const visitor = await stranger()
    await visitor.goto(`/chat/${inbox.key}`)
    await visitor.getByRole('button', { name: '开始咨询' }).click()
    await say(visitor, '我的积分怎么用')
    // Nobody is there, so no wait is named, and the words that would name one are not used.
    await expect(visitor.getByText('下一位就是您').first()).toBeVisible()
    await expect(visitor.getByText(/\{wait\}/)).toHaveCount(0)
    await queueRow.getByRole('button', { name: /排队 1 位/ }).click()
    const list = lead.getByRole('region', { name: '会员服务 的工作' })
    await expect(list.getByRole('row').filter({ hasText: '网页聊天' })).toHaveCount(1)
    await list.getByRole('button', { name: /设置.*的优先级/ }).click()
    await lead.getByRole('spinbutton', { name: /的优先级/ }).fill('50')
    await lead.getByRole('spinbutton', { name: /的优先级/ }).press('Enter')
    await expect(list.getByRole('cell', { name: '50', exact: true })).toBeVisible()
  })

  await test.step('while it is paused, nothing rings at whoever could take it', async () => {
    await queueRow.getByRole('button', { name: '暂停“会员服务”' }).click()
    await answer(lead, '暂停')
    await expect(queueRow).toContainText('已暂停')
    // In no team: no other queue of the shared company has work for them.
    await callApi(admin, 'PUT', '/routing/me/state', { state: 'available' })
    await expect(queueRow.getByRole('button', { name: /就绪与在线 1 \/ 2/ })).toBeVisible()
    const { queues } = await callApi<OutputOf<typeof readBoard>>(lead, 'GET', '/routing/board')
    expect(queues.find((load) => load.queueId === queueId)).toMatchObject({ waiting: 1, offered: 0 })
    await queueRow.getByRole('button', { name: '恢复“会员服务”' }).click()
    await answer(lead, '恢复')
    await expect(queueRow.getByRole('button', { name: /振铃 1 个/ })).toBeVisible()
    await expect(lead.getByRole('region', { name: '会员服务 的工作' }).getByRole('row').last()).toContainText('振铃')
  })

  await test.step('the lead changes the state of an agent', async () => {
    const agents = lead.getByRole('table', { name: '坐席' })
    const emma = agents.getByRole('row').filter({ hasText: 'Emma Clarke' })
    await expect(emma).toContainText('离线')
    await lead.getByRole('button', { name: '改状态：何嘉树' }).click()
    // Nothing moves under the pointer while the menu is open; what happened meanwhile is there once it has closed.
    const state = { state: 'busy', reasonId: null }
    await callApi(admin, 'PUT', `/agents/${await agentIdOf(admin, 'emma')}/routing-state`, state)
    await lead.waitForTimeout(2000)
    await expect(emma).toContainText('离线')
    await lead.getByRole('menuitem', { name: '忙碌' }).click()
    await expect(emma).toContainText('忙碌')
    await expect(agents.getByRole('row').filter({ hasText: '何嘉树' })).toContainText('忙碌')
    await expect(agents.getByRole('row').filter({ hasText: '何嘉树' })).toContainText('8899')
  })

  await test.step('the wall has all of it, and Esc leaves', async () => {
    await lead.goto('/board/wall')
    await expect(lead.getByRole('region', { name: '会员服务' })).toBeVisible()
    await lead.keyboard.press('Escape')
    await expect(lead.getByRole('heading', { name: '排队看板' })).toBeVisible()
    await expect(lead).toHaveURL(/\/board$/)
  })

  await test.step('more people on duty shorten the wait in the simulation', async () => {
    await lead.goto('/settings/simulate')
    await choose(lead.getByRole('main'), '队列', '会员服务')
    await lead.getByRole('radio', { name: /假设的来客/ }).check()
    for (let times = 0; times < 2; times += 1) await lead.getByRole('button', { name: '每段 +1' }).last().click()
    await lead.getByRole('button', { name: '开始模拟' }).click()
    await expect(row(lead, '平均应答')).toContainText(/少 \d+ 秒/)
    await expect(row(lead, '服务水平')).toContainText('±')
    await expect(lead.getByRole('img', { name: '服务水平（每半小时）' }).locator('svg')).toBeVisible()
  })

  await test.step('a queue in which somebody waits is deleted only with a place for them', async () => {
    await callApi(admin, 'PUT', '/routing/me/state', { state: 'offline' })
    await callApi(admin, 'POST', '/queues', { name: '备用队列' })
    await admin.goto(`/settings/queues/${queueId}`)
    await admin.getByRole('button', { name: '删除队列' }).click()
    await answer(admin, '删除')
    await expect(panel.getByText('还有客户在“会员服务”排队')).toBeVisible()
    await choose(panel, '转到', '备用队列')
    await answer(admin, '转移并删除')
    await expect(row(admin, '备用队列')).toBeVisible()
    await expect(row(admin, '会员服务')).toBeHidden()
    await admin.goto('/board')
    await expect(admin.getByRole('button', { name: /备用队列：排队 1 位/ })).toBeVisible()
  })
})

const cellOf = (page: Page, level: string): Locator => page.getByRole('button', { name: `沈知秋，茶艺点评：${level}` })

test('of two who give skills at once the later one is told, and nothing is written over unseen', async ({ agent }) => {
  const [admin, other] = [await agent('shen'), await agent('shen')]
  await callApi(admin, 'POST', '/skills', { name: '茶艺点评' })
  const set = async (page: Page, level: string): Promise<void> => {
    await cellOf(page, '无').focus()
    await page.keyboard.press(level)
  }
  for (const page of [admin, other]) await page.goto('/settings/skills')
  await set(admin, '5')
  await set(other, '2')
  await save(other)
  await admin.getByRole('button', { name: '保存', exact: true }).click()
  await expect(admin.getByText('内容已被他人修改，请刷新后重试。')).toBeVisible()
  await expect(cellOf(other, '2 ')).toBeVisible()
  await save(admin)
  await other.reload()
  await expect(cellOf(other, '5 ')).toBeVisible()
})
