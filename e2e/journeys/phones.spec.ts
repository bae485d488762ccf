import type { Locator, Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { attach, inThread } from '../setup/chat.ts'
import { attachOn, doOn, handset, onScreen, openPhones, write } from '../setup/handset.ts'
import { find } from '../setup/routing.ts'
import { expect, file, phone as narrow, test } from '../setup/test.ts'

/** Answers as the agent does, whatever the customer is called. */
async function reply(agent: Page, text: string): Promise<void> {
  const box = agent.getByRole('main').getByRole('textbox', { name: /^回复/ })
  await box.fill(text)
  // Where it was shut a moment ago, the answer of the customer opens it once the page has heard.
  await expect(agent.getByRole('main').getByRole('button', { name: /^(?:send )?发\s*送$/ })).toBeEnabled()
  await box.press('Enter')
  await expect(inThread(agent, text)).toBeVisible()
}

const loaded = async (picture: Locator): Promise<void> => {
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50)
}

const shut = '已超过该渠道允许回复的时间'

test('a WeChat customer follows, asks, is answered with a picture, presses a menu and stays away too long', async ({
  agent,
  stranger,
}) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const wechat = handset(page, '微信公众号')
  const lin = await agent('lin')

  await test.step('what is asked is in the workspace', async () => {
    await doOn(wechat, '关注')
    await expect(onScreen(wechat, '关注')).toBeVisible()
    await write(wechat, '请问明前龙井还有吗')
    await find(lin, '请问明前龙井还有吗')
    await expect(onScreen(wechat, '请问明前龙井还有吗').getByRole('img', { name: '已送达' })).toBeVisible()
  })

  await test.step('words and a picture come back', async () => {
    await reply(lin, '有的，今年的很好')
    await expect(onScreen(wechat, '有的，今年的很好')).toBeVisible()
    await attach(lin, [file('cup.jpg')])
    await loaded(wechat.getByRole('log').getByRole('img', { name: '图片' }).last())
  })

  await test.step('a menu that was put together is pressed', async () => {
    await lin.keyboard.press('Escape')
    await lin.keyboard.press('Shift+I')
    await expect(lin.getByRole('menuitem', { name: '位置 该渠道以文字发送' })).toBeVisible()
    await lin.getByRole('menuitem', { name: '选择菜单' }).press('Enter')
    const form = lin.getByRole('form', { name: '发送选择菜单' })
    await expect(form.getByLabel('提示文字')).toBeFocused()
    await lin.keyboard.type('想喝哪一种？')
    await form.getByRole('button', { name: /发\s*送/ }).click()
    await expect(form.getByLabel('选项 1', { exact: true })).toBeFocused()
    await expect(form.getByText('至少需要两个选项')).toBeVisible()
    await lin.keyboard.type('白茶')
    await lin.keyboard.press('Escape')
    await expect(lin.getByRole('main').getByRole('textbox', { name: /^回复/ })).toBeFocused()
    await lin.getByRole('button', { name: '插入菜单、卡片、位置、名片（有未发送的草稿）' }).click()
    await lin.getByRole('menuitem', { name: '选择菜单 草稿' }).click()
    await expect(form.getByLabel('选项 1', { exact: true })).toHaveValue('白茶')
    await form.getByLabel('选项 2', { exact: true }).fill('龙井')
    await form.getByLabel('选项 2', { exact: true }).press('Control+Enter')
    await expect(form).toHaveCount(0)
    await wechat.getByRole('button', { name: '龙井' }).click()
    await expect(onScreen(wechat, '龙井')).toHaveClass(/mine/)
    await wechat.getByRole('button', { name: '联系客服' }).click()
    await expect(onScreen(wechat, '联系客服')).toBeVisible()
    await expect(lin.getByRole('main').getByText('点击菜单')).toBeVisible()
    await expect(
      lin
        .getByRole('main')
        .locator('article:not(.is-out)')
        .filter({ hasText: /龙井\d/ }),
    ).toBeVisible()
  })

  await test.step('after the window the agent is told why, until the customer is back', async () => {
    await doOn(wechat, '让回复窗口过期')
    await expect(wechat.getByText('回复窗口已过期')).toBeVisible()
    await reply(lin, '还需要吗')
    await expect(inThread(lin, '还需要吗')).toContainText(shut)
    await expect(lin.getByRole('main').getByText(`暂不能回复：${shut}`)).toBeVisible()
    await expect(wechat.getByText('还需要吗')).toHaveCount(0)
    await write(wechat, '要的，刚才在忙')
    await expect(inThread(lin, '要的，刚才在忙')).toBeVisible()
    await reply(lin, '好的，给您留着')
    await expect(onScreen(wechat, '好的，给您留着')).toBeVisible()
  })
})

test('a WhatsApp customer sees and gives marks, sends a picture, and comes back after the window', async ({
  agent,
  stranger,
}) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const whatsapp = handset(page, 'WhatsApp')
  const lin = await agent('lin')
  await write(whatsapp, 'Does the pen come in green?')
  await find(lin, 'Does the pen come in green?')
  await inThread(lin, 'Does the pen come in green?').hover()
  await inThread(lin, 'Does the pen come in green?').getByRole('button', { name: '表情回应' }).click()
  await expect(lin.getByRole('button', { name: '👍' })).toBeFocused()
  await lin.keyboard.press('Enter')
  await expect(onScreen(whatsapp, 'Does the pen come in green?')).toContainText('👍')
  await lin.getByRole('button', { name: '我方回应：👍，点击撤回' }).click()
  await expect(onScreen(whatsapp, 'Does the pen come in green?')).not.toContainText('👍')
  await lin.keyboard.press('Shift+I')
  await lin.getByRole('menuitem', { name: '名片' }).press('Enter')
  const card = lin.getByRole('form', { name: '发送名片' })
  await expect(card.getByLabel('姓名')).toBeFocused()
  await lin.keyboard.type('Pen workshop')
  await card.getByLabel('电话').fill('+44 20 7946 0018')
  await card.getByLabel('电话').press('Control+Enter')
  await expect(onScreen(whatsapp, 'Pen workshop')).toContainText('+44 20 7946 0018')
  await expect(inThread(lin, 'Pen workshop')).toContainText('+44 20 7946 0018')
  // Elsewhere on the page, so that nobody looks at this phone.
  await page.getByRole('heading', { name: '各渠道的手机' }).hover()
  await page.getByRole('button', { name: 'English' }).focus()
  await reply(lin, 'It does, in bamboo green.')
  await expect(onScreen(whatsapp, 'bamboo green')).toBeVisible()
  await expect(inThread(lin, 'bamboo green')).toContainText('已送达')
  await whatsapp.getByRole('log').hover()
  await expect(inThread(lin, 'bamboo green')).toContainText('已读')
  await attachOn(whatsapp, '图片')
  await loaded(whatsapp.getByRole('log').getByRole('img', { name: '图片' }).last())
  await loaded(lin.getByRole('main').getByRole('article').last().locator('img').last())
  await doOn(whatsapp, '让回复窗口过期')
  await reply(lin, 'Shall I send one?')
  await expect(inThread(lin, 'Shall I send one?')).toContainText(shut)
  await write(whatsapp, 'Yes please')
  await expect(inThread(lin, 'Yes please')).toBeVisible()
  await reply(lin, 'On its way.')
  await expect(onScreen(whatsapp, 'On its way.')).toBeVisible()
})

test('a Telegram customer comes by a code, speaks, says where they are, and blocks the shop', async ({
  agent,
  stranger,
}) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const telegram = handset(page, 'Telegram')
  const lin = await agent('lin')
  await doOn(telegram, '扫码开始')
  await write(telegram, 'Where is your shop?')
  await find(lin, 'Where is your shop?')
  await attachOn(telegram, '语音')
  await expect(lin.getByRole('main').locator('audio')).toBeVisible()
  await expect(telegram.locator('audio')).toBeVisible()
  await attachOn(telegram, '位置')
  await expect(inThread(lin, '杭州 龙井村')).toBeVisible()
  await doOn(telegram, '屏蔽商家')
  await expect(lin.getByRole('main').getByText(/不能发送：客户已(屏蔽|退订)/)).toBeVisible()
  await doOn(telegram, '解除屏蔽')
  await write(telegram, 'Sorry, wrong button')
  await expect(inThread(lin, 'Sorry, wrong button')).toBeVisible()
  await reply(lin, 'No harm done.')
  await expect(onScreen(telegram, 'No harm done.')).toBeVisible()
})

test('a provider that does not answer says so to the agent, and works again afterwards', async ({
  agent,
  stranger,
}) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const open = handset(page, '开放渠道')
  const lin = await agent('lin')
  await write(open, '可以开发票吗')
  await find(lin, '可以开发票吗')
  await open.locator('details.more summary').click()
  await open.getByRole('combobox', { name: '故障' }).selectOption('silence')
  await expect(open.getByRole('combobox', { name: '故障' })).toHaveValue('silence')
  await reply(lin, '可以的')
  await expect(inThread(lin, '可以的')).toContainText('渠道方没有回应')
  await open.getByRole('combobox', { name: '故障' }).selectOption('')
  await reply(lin, '今天就开')
  await expect(onScreen(open, '今天就开')).toBeVisible()
})

test('every other phone talks with the workspace too, and goes on when the server was killed', async ({
  agent,
  stranger,
  qiao,
}) => {
  test.setTimeout(400_000)
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }), 'en')
  const lin = await agent('lin')
  for (const name of ['Messenger', 'Instagram', 'WeChat Customer Service']) {
    const phone = handset(page, `${name}.*`)
    await write(phone, `Hello by ${name}`)
    await find(lin, `Hello by ${name}`)
    await reply(lin, `Welcome by ${name}`)
    await expect(onScreen(phone, `Welcome by ${name}`)).toBeVisible()
    // What a provider's address of a face no longer gives is drawn as letters.
    await expect(lin.locator('.q-avatar img')).toHaveCount(0)
  }
  await qiao.restart()
  const messenger = handset(page, 'Messenger')
  await expect(messenger.getByText('Welcome by Messenger')).toHaveCount(0)
  await write(messenger, 'Still me')
  await find(lin, 'Still me')
  await expect(inThread(lin, 'Hello by Messenger')).toBeVisible()
  await reply(lin, 'And still us')
  await expect(onScreen(messenger, 'And still us')).toBeVisible()
})

test('on a narrow screen one phone is shown at a time', async ({ stranger }) => {
  const page = await openPhones(await stranger(narrow))
  const tabs = page.getByRole('tablist', { name: '选择手机' }).getByRole('tab')
  await expect(page.getByRole('tabpanel')).toHaveCount(1)
  const first = await tabs.first().textContent()
  await expect(page.getByRole('tabpanel', { name: `${first} 手机` })).toBeVisible()
  await tabs.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(tabs.nth(1)).toBeFocused()
  await expect(page.getByRole('tabpanel')).toHaveCount(1)
  await expect(page.getByRole('tabpanel', { name: `${await tabs.nth(1).textContent()} 手机` })).toBeVisible()
  await page.getByRole('tabpanel').getByRole('textbox').fill('窄屏也能写')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tabpanel').getByText('窄屏也能写')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

for (const language of ['zh', 'en'] as const) {
  test(`the phones hinder nobody (${language})`, async ({ stranger }) => {
    const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }), language)
    const whatsapp = handset(page, 'WhatsApp')
    await write(whatsapp, 'https://camellia.example/tea')
    await attachOn(whatsapp, language === 'zh' ? '位置' : 'Location')
    await attachOn(whatsapp, language === 'zh' ? '文件' : 'File')
    const found: string[] = []
    for (const folded of await page.locator('details.more > summary').all()) await folded.click()
    found.push(...(await hindrances(page, 'phones', { within: '#phones' })))
    await whatsapp.locator('details.attach summary').click()
    found.push(...(await hindrances(page, 'attach', { within: '#phones' })))
    expect(found).toEqual([])
  })
}
