import type { FrameLocator, Locator, Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { said, say } from '../setup/chat.ts'
import { acceptFirst, giveNumber, openQueue } from '../setup/queue.ts'
import { callApi, callsOnly, expect, phone, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const strip = (chat: Page | FrameLocator): Locator => chat.getByRole('region', { name: '排队中' })

async function ask(chat: Page, key: string, text: string): Promise<void> {
  await chat.goto(`/chat/${key}`)
  await chat.getByRole('button', { name: '开始咨询' }).click()
  await say(chat, text)
  await expect(said(chat, text)).toContainText('已发送')
}

/** Presses one of the choices, and the button of the same name that confirms it. */
async function choose(chat: Page, choice: string): Promise<void> {
  await strip(chat).getByRole('button', { name: choice }).click()
  await strip(chat).getByRole('button', { name: choice }).click()
}

test('three visitors see their places move until an agent has each of them', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  await giveNumber(admin, 'zhou', '1024')
  const key = await openQueue(admin, ['zhou'])
  const [first, second, third] = [await stranger(phone), await stranger(phone), await stranger(phone)]
  await ask(first, key, '我先来的')
  await expect(strip(first)).toContainText('下一位就是您')
  await ask(second, key, '我第二')
  await expect(strip(second)).toContainText('您前面还有 1 位')
  await ask(third, key, '我第三')
  await expect(strip(third)).toContainText('您前面还有 2 位')
  expect(await hindrances(third, 'waiting')).toEqual([])

  await strip(second).getByRole('button', { name: '离开排队' }).click()
  await expect(strip(second)).toContainText('本次会话将结束')
  await strip(second).getByRole('button', { name: '继续等待' }).click()
  await expect(strip(second)).toContainText('您前面还有 1 位')
  await choose(second, '离开排队')
  await expect(said(second, '您已离开排队')).toBeVisible()
  await expect(strip(second)).toHaveCount(0)
  await expect(strip(third)).toContainText('您前面还有 1 位')
  await expect(third.getByRole('log')).toContainText('您前面还有 1 位')

  // Closing the page and coming back keeps the place.
  const context = third.context()
  await third.close()
  const again = await context.newPage()
  await again.goto(`/chat/${key}`)
  await expect(strip(again)).toContainText('您前面还有 1 位')
  await again.getByRole('button', { name: '返回' }).click()
  await expect(again.getByRole('button', { name: /我第三/ })).toContainText('排队中 · 第 2 位')
  await again.getByRole('button', { name: /我第三/ }).click()

  const zhou = await agent('zhou')
  await callApi(zhou, 'PUT', '/routing/me/state', { state: 'available' })
  await expect(strip(first)).toContainText('正在为您接通客服')
  await acceptFirst(zhou)
  await expect(said(first, '客服 予安（工号 1024）为您服务')).toBeVisible()
  await expect(strip(first)).toHaveCount(0)
  // The same agent has room: it rings for who is next.
  await acceptFirst(zhou)
  await expect(said(again, '客服 予安（工号 1024）为您服务')).toBeVisible()
  await callApi(zhou, 'PUT', '/routing/me/state', { state: 'offline' })
})

test('who does not want to wait leaves a message or is called back', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const alternatives = { afterSeconds: 0, message: true, callback: true }
  const key = await openQueue(admin, [], { alternatives })
  const [writer, caller] = [await stranger(phone), await stranger(phone)]
  await ask(writer, key, '礼盒能刻字吗')
  await strip(writer).getByRole('button', { name: '留言' }).click()
  const form = writer.getByRole('form', { name: '留言' })
  await form.getByRole('button', { name: '继续等待' }).click()
  await expect(strip(writer)).toBeVisible()
  await strip(writer).getByRole('button', { name: '留言' }).click()
  await form.getByLabel('请描述您的问题').fill('想刻“平安”两个字')
  await form.getByRole('button', { name: '留言' }).click()
  await expect(said(writer, '想刻“平安”两个字')).toContainText('已发送')
  // It is the same conversation: what was asked before stands above it.
  await expect(said(writer, '礼盒能刻字吗')).toBeVisible()
  await expect(strip(writer)).toHaveCount(0)

  await ask(caller, key, '发票抬头写错了')
  await strip(caller).getByRole('button', { name: '给我回电' }).click()
  const number = strip(caller).getByLabel('您的电话号码')
  await number.fill('12')
  await strip(caller).getByRole('button', { name: '给我回电' }).click()
  await expect(strip(caller).getByText('请检查电话号码。')).toBeVisible()
  expect(await hindrances(caller, 'callback')).toEqual([])
  await number.fill('138 0000 1234')
  await strip(caller).getByRole('button', { name: '给我回电' }).click()
  const promise = said(caller, '我们会按您的排队顺序回电')
  await expect(promise).toContainText('138 0000 1234')
  // Behind the message that was left before.
  await expect(strip(caller)).toContainText('您前面还有 1 位')
  await caller.reload()
  await expect(promise).toContainText('138 0000 1234')
  await expect(strip(caller)).toContainText('您前面还有 1 位')
  // Neither is offered again to who has chosen.
  await expect(strip(caller).getByRole('button')).toHaveText(['离开排队'])
})

test('outside the hours of a queue what was written is a message', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const key = await openQueue(admin, ['zhou'], {}, false)
  const visitor = await stranger(phone)
  await ask(visitor, key, '现在有人吗')
  await expect(said(visitor, '谢谢，留言已收到，我们会尽快回复您。')).toBeVisible()
  await expect(strip(visitor)).toHaveCount(0)
})

test('a page hears of the place and names the agent whom its visitors know', async ({ agent, stranger, qiao }) => {
  const admin = await agent('shen', callsOnly)
  const key = await openQueue(admin, [])
  const page = await stranger()
  const html = `<!doctype html><title>Shop</title><script>
    window.Qiao = window.Qiao || function () { (Qiao.q = Qiao.q || []).push(arguments) }
    window.places = []
    Qiao('on', 'queue', (place) => places.push(place && place.position))
    </script><script async src="${qiao.url}/widget.js" data-inbox="${key}" data-agent=" 1024 "></script>`
  await page.route('**/shop-of-the-journey', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto('/shop-of-the-journey')
  const first = page.waitForRequest((request) => request.url().endsWith('/client/v1/messages'))
  await page.evaluate(() => window.Qiao?.('sendMessage', '工号 1024 在吗'))
  expect((await first).postDataJSON()).toMatchObject({ wantsAgent: '1024' })
  const places = () => page.evaluate(() => Reflect.get(window, 'places') as unknown)
  await expect.poll(places).toEqual([1])
  await page.evaluate(() => window.Qiao?.('open'))
  const chat = page.frameLocator('iframe[src*="/chat/"]')
  await strip(chat).getByRole('button', { name: '离开排队' }).click()
  await strip(chat).getByRole('button', { name: '离开排队' }).click()
  await expect.poll(places).toEqual([1, null])

  const link = await stranger(phone)
  await link.goto(`/chat/${key}?agent=1024`)
  await link.getByRole('button', { name: '开始咨询' }).click()
  const next = link.waitForRequest((request) => request.url().endsWith('/client/v1/messages'))
  await say(link, '从链接来的')
  expect((await next).postDataJSON()).toMatchObject({ wantsAgent: '1024' })
})
