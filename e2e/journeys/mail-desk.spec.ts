import type { Locator, Page, WebSocketRoute } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { find } from '../setup/routing.ts'
import { callApi, callsOnly, expect, file, phone as smallScreen, test } from '../setup/test.ts'

/** In it the page's socket is cut, and so is each new one. */
async function tunnelFor(page: Page) {
  const open = new Set<WebSocketRoute>()
  let dark = false
  await page.routeWebSocket(/\/ws\/agent/, async (socket) => {
    if (dark) return socket.close()
    open.add(socket)
    socket.connectToServer()
    return undefined
  })
  return {
    enter: async (): Promise<void> => {
      dark = true
      await Promise.all([...open].map((socket) => socket.close()))
    },
    leave: (): void => {
      dark = false
    },
  }
}

const words = (page: Page): Locator => page.getByRole('textbox', { name: '邮件正文' })
const strip = (page: Page): Locator => page.getByRole('list', { name: '尚未发出的邮件' })

test('a letter is read, answered with formatted words and files, taken back, and sent', async ({ agent }) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator, inboxId } = await openMail(shen, '客服邮箱')
  const customer = simulator.phone('Amelia')

  await test.step('an administrator writes the signature', async () => {
    await shen.goto(`/settings/inboxes/${inboxId}/mail`)
    await shen.getByRole('textbox', { name: '签名' }).fill('— {agent}\n山茶集客服')
    await shen.getByRole('button', { name: '保存' }).click()
    await expect(shen.getByRole('button', { name: '保存' })).toHaveCount(0)
    expect(await hindrances(shen, 'mail settings')).toEqual([])
  })

  await test.step('a letter comes and stands in the list by its subject', async () => {
    await customer.say({ type: 'text', text: '茶壶到货时壶嘴碎了' })
    await shen.goto('/inbox')
    await find(shen, '茶壶到货时壶嘴碎了')
    const letter = shen.getByRole('article').last()
    await expect(letter).toContainText('茶壶到货时壶嘴碎了')
    await expect(shen.getByRole('heading', { name: /茶壶到货时壶嘴碎了/ })).toBeVisible()
    expect(await hindrances(shen, 'letter', { within: '.q-inbox' })).toEqual([])
  })

  await test.step('an answer begins with its recipient and signature, and is kept as a draft', async () => {
    await shen.keyboard.press('r')
    await expect(words(shen)).toBeFocused()
    await expect(shen.getByRole('list', { name: '收件人' })).toContainText('Amelia')
    await shen.keyboard.type('马上为您')
    await shen.keyboard.press('Control+b')
    await shen.keyboard.type('换新')
    await shen.locator('.q-mailer input[type=file]').last().setInputFiles(file('invoice.pdf'))
    await expect(shen.getByRole('list', { name: '附件' })).toContainText('invoice.pdf')
    await shen.locator('.q-mailer input[type=file]').first().setInputFiles(file('cup.jpg'))
    await expect(words(shen).getByRole('img', { name: 'cup.jpg' })).toBeVisible()
    await shen.reload()
    await expect(words(shen).locator('strong')).toHaveText('换新')
    expect(await hindrances(shen, 'mail composer', { within: '.q-mailer' })).toEqual([])
  })

  await test.step('nothing is written into it once it is on its way, and it stays when it cannot go', async () => {
    const tried = Promise.withResolvers<void>()
    await shen.route('**/scheduled-replies', async (route) => {
      await tried.promise
      await route.abort()
    })
    await words(shen).press('Control+Enter')
    await shen.keyboard.type('还有')
    tried.resolve()
    await expect(shen.locator('.q-mailer').getByRole('alert')).toContainText('目前没有网络')
    await expect(words(shen)).toBeFocused()
    await expect(words(shen)).not.toContainText('还有')
    await shen.unroute('**/scheduled-replies')
  })

  await test.step('it is sent, taken back by a key, and sent again', async () => {
    await words(shen).press('Control+Enter')
    await expect(strip(shen)).toContainText(/秒后发送/)
    await shen.keyboard.press('z')
    await expect(words(shen).locator('strong')).toHaveText('换新')
    await expect(strip(shen)).toHaveCount(0)
    expect(customer.screen.filter(({ mine }) => !mine)).toEqual([])
    await words(shen).press('Control+Enter')
    await shen.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => customer.screen.filter(({ mine }) => !mine).length).toBe(1)
    await expect(strip(shen)).toHaveCount(0)
    const sent = shen.getByRole('article').last()
    await expect(sent).toContainText('马上为您换新')
    expect(customer.screen.at(-1)?.text).toContain('马上为您换新')
  })

  await test.step('what was sent can be looked at as it was formatted', async () => {
    const sent = shen.getByRole('article').last()
    await sent.getByRole('button', { name: /查看原格式/ }).click()
    const page = sent.frameLocator('iframe').first()
    await expect(page.locator('strong')).toHaveText('换新')
    await expect(page.getByRole('img', { name: 'cup.jpg' })).toBeVisible()
    await sent.getByRole('button', { name: '查看纯文本' }).click()
  })

  await test.step('the customer answers, and it is passed on tomorrow', async () => {
    await customer.say({ type: 'text', text: '谢谢，收到了' })
    await expect(shen.getByRole('article').last()).toContainText('谢谢，收到了')
    await shen.locator('.q-thread-scroll').focus()
    await shen.keyboard.press('f')
    await expect(shen.getByRole('combobox', { name: '收件人' })).toBeFocused()
    await shen.keyboard.type('boss@customers.example')
    await shen.keyboard.press('Tab')
    await shen.getByRole('button', { name: '定时发送' }).click()
    await shen.getByRole('button', { name: /明天 9:00/ }).click()
    await expect(strip(shen)).toContainText('09:00')
    await expect(strip(shen)).toContainText('boss@customers.example')
    expect(await hindrances(shen, 'scheduled mail', { within: '.q-thread' })).toEqual([])
    await shen.getByRole('button', { name: '取消并编辑' }).click()
    await expect(shen.getByRole('list', { name: '收件人' })).toContainText('boss@customers.example')
    await shen.getByRole('button', { name: '删除草稿' }).click()
    await expect(words(shen)).toHaveCount(0)
  })

  await test.step('a note stays among colleagues', async () => {
    await shen.keyboard.press('n')
    await shen.keyboard.type('等仓库回复')
    await shen.getByRole('button', { name: '添加备注' }).click()
    await expect(shen.getByText('等仓库回复')).toBeVisible()
    expect(customer.screen.map(({ text }) => text).join(' ')).not.toContain('等仓库回复')
  })
  await simulator.stop()
})

test('on a phone and in English a letter is answered without anything beside the screen', async ({ agent }) => {
  const shen = await agent('shen')
  const { simulator } = await openMail(shen, 'Mail phone')
  const ben = simulator.phone('Ben')
  await ben.say({ type: 'text', text: 'A question from the train' })
  await find(shen, 'A question from the train')
  const address = shen.url()
  const small = await agent('shen', { ...smallScreen, locale: 'en-GB' })
  await callApi(small, 'PATCH', '/me', { preferences: { language: 'en', theme: 'system' } })
  const tunnel = await tunnelFor(small)
  await small.goto(address)
  await small.getByRole('button', { name: 'Reply', exact: true }).last().click()
  await expect(small.getByRole('textbox', { name: 'Text of the mail' })).toBeVisible()
  expect(await hindrances(small, 'mail composer on a phone', { within: '.q-thread' })).toEqual([])
  expect(await small.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await small.getByRole('textbox', { name: 'Text of the mail' }).fill('Thank you')
  await small.getByRole('combobox', { name: 'To', exact: true }).fill('nobody')
  await small.getByRole('combobox', { name: 'To', exact: true }).press('Enter')
  await expect(small.getByText('An address is not valid')).toBeVisible()
  await expect(small.getByRole('button', { name: /Send$/ })).toBeDisabled()
  await small.getByRole('button', { name: 'Remove nobody' }).click()
  await small.getByRole('button', { name: /Send$/ }).click()
  await expect(small.getByRole('button', { name: /Undo/ })).toBeVisible()
  // It leaves while the train is in a tunnel, and behind it nothing waits any more.
  await tunnel.enter()
  await expect.poll(() => ben.screen.filter(({ mine }) => !mine).length, { timeout: 30_000 }).toBe(1)
  tunnel.leave()
  await expect(small.getByRole('article').last()).toContainText('Thank you')
  await expect(small.getByRole('button', { name: /Undo/ })).toHaveCount(0)
  await simulator.stop()
})
