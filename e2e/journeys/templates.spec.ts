import type { Page } from '@playwright/test'
import { startSimulator as startWhatsApp } from '../../packages/channels/src/whatsapp/simulator.ts'
import { hindrances } from '../setup/axe.ts'
import { find } from '../setup/routing.ts'
import { callApi, expect, phone as smallScreen, test } from '../setup/test.ts'

const hour = 3_600_000

interface Named {
  id: string
}

/** An inbox of WhatsApp with its provider, whose clock goes with that of the server. */
async function openWhatsApp(admin: Page, name: string) {
  let aheadMs = 0
  const simulator = await startWhatsApp({ now: () => new Date(Date.now() + aheadMs) })
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', {
    name,
    channel: 'whatsapp',
    teamIds: teams.map(({ id }) => id),
  })
  const account = `/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await callApi<{ version: number; callbackUrl: string }>(admin, 'GET', account)
  await callApi(admin, 'PUT', account, { version, config: simulator.config })
  simulator.pointTo(new URL(new URL(callbackUrl).pathname, admin.url()).href)
  const submit = async (template: object) => {
    await callApi(admin, 'POST', `/inboxes/${inbox.id}/templates`, { category: 'utility', parameters: [], ...template })
  }
  return { simulator, submit, putForward: (milliseconds: number) => (aheadMs += milliseconds) }
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
  await expect(shen.getByText(/可回复至/)).toBeVisible()
  // Also while the window is open, without being in the way.
  await expect(composer.getByRole('button', { name: '模板消息' })).toBeVisible()

  putForward(25 * hour)
  await qiao.putForward(25 * hour)
  await shen.reload()
  await expect(shen.getByText('暂不能回复：已超过该渠道允许回复的时间。 可以发送模板消息。')).toBeVisible()
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
  await expect(shen.getByText(/可回复至/)).toBeVisible()
  await composer.getByRole('textbox').fill('You are welcome')
  await composer.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => customer.screen.at(-1)?.text).toBe('You are welcome')
  expect(simulator.refusals).toEqual([])
  await simulator.stop()
  await qiao.putForward(0)
})
