import { hindrances } from '../setup/axe.ts'
import { pickFrom } from '../setup/pick.ts'
import { accept, arrive, choose, find, openQueue } from '../setup/routing.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

test('after the conversation: what came of it, with more time if needed', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const wrapUp = { mode: 'timed' as const, seconds: 120, needsDisposition: true }
  const queue = await openQueue(admin, '要小结', ['he'], { wrapUp })
  const name = { zh: '已补发', en: 'Sent again' }
  await callApi(admin, 'POST', '/disposition-codes', { names: name, queueIds: [queue.queue.id] })
  const he = await agent('he')
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '少发了一只杯子')
  await accept(he, '少发了一只杯子')
  await he.getByRole('button', { name: '结束会话' }).click()

  const wrap = he.getByRole('region', { name: '话后处理' })
  await expect(wrap).toContainText(/剩余 [12]:/)
  await expect(he.getByRole('list', { name: '我的其他工作' })).toContainText('话后')
  await expect(wrap.getByRole('button', { name: '完成' })).toBeDisabled()
  await wrap.getByRole('button', { name: '延长一次' }).click()
  await expect(wrap).toContainText(/剩余 3:/)
  await expect(wrap.getByRole('button', { name: '已延长' })).toBeDisabled()
  expect(await hindrances(he, 'wrap-up', { within: '.q-wrap' })).toEqual([])
  await pickFrom(wrap.getByRole('combobox', { name: '小结（必选）' }), '已补发')
  await wrap.getByRole('textbox', { name: /^备注/ }).fill('明早发顺丰')
  await he.keyboard.press('Control+Enter')
  await expect(wrap).toHaveCount(0)
  await expect(he.getByRole('list', { name: '我的其他工作' })).toHaveCount(0)
  await find(he, '少发了一只杯子', 'closed')
  await expect(he.getByText('何嘉树完成话后处理：已补发')).toBeVisible()
  await expect(he.getByText('明早发顺丰')).toBeVisible()
  await callApi(he, 'PUT', '/routing/me/state', { state: 'offline' })
})

test('closed before the page knows all, the conversation still stays to be wrapped up', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const queue = await openQueue(admin, '刚打开页面', ['he'], { wrapUp: { mode: 'timed', seconds: 120 } })
  const he = await agent('he')
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '少了一个盖子')
  await accept(he, '少了一个盖子')
  const settings = Promise.withResolvers<void>()
  await he.route('**/api/v1/routing/settings', async (route) => {
    await settings.promise
    await route.continue()
  })
  await he.reload()
  await he.getByRole('button', { name: '结束会话' }).click()
  settings.resolve()
  await expect(he.getByRole('region', { name: '话后处理' })).toBeVisible()
  await he.getByRole('button', { name: '完成' }).click()
  await expect(he.getByRole('region', { name: '话后处理' })).toHaveCount(0)
  await callApi(he, 'PUT', '/routing/me/state', { state: 'offline' })
})
