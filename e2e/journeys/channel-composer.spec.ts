import type { Page } from '@playwright/test'
import { startSimulator as startTwilio } from '../../packages/channels/src/twilio/simulator.ts'
import { startSimulator as startWhatsApp } from '../../packages/channels/src/whatsapp/simulator.ts'
import { hindrances } from '../setup/axe.ts'
import { inThread } from '../setup/chat.ts'
import { handset, onScreen, openPhones, write } from '../setup/handset.ts'
import { pick } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, expect, file, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** What can be sent by a channel is said where one writes, before anything is sent. */

const composerOf = (page: Page) => page.getByRole('region', { name: '回复', exact: true })
const sendOf = (page: Page) => composerOf(page).getByRole('button', { name: /^(?:send )?发\s*送$/ })

test('a long text shows how many texts it becomes, and arrives in its order', async ({ agent, stranger }) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const phone = handset(page, '短信（SMPP）')
  const lin = await agent('lin')
  await write(phone, '保养说明能发我吗')
  await find(lin, '保养说明能发我吗')
  const composer = composerOf(lin)
  await composer.getByRole('textbox').fill('能')
  await expect(composer.getByRole('button', { name: '1 条短信 · 70 字/条' })).toBeVisible()
  const steps = Array.from({ length: 15 }, (_, at) => `第${at + 1}步擦干杯身再晾一晾。`)
  const text = steps.join('')
  await composer.getByRole('textbox').fill(text)
  const count = Math.ceil(text.length / 67)
  expect(count).toBe(3)
  await composer.getByRole('button', { name: `${count} 条短信 · 67 字/条` }).click()
  const parts = lin.locator('.q-preview-parts').getByRole('listitem')
  await expect(parts).toHaveCount(count)
  expect((await parts.allInnerTexts()).join('')).toBe(text)
  await lin.keyboard.press('Escape')
  await sendOf(lin).click()
  await expect(onScreen(phone, text)).toBeVisible()
  // A phone without pictures: files go as links, which the button for them says.
  await expect(composer.getByRole('button', { name: '添加文件' })).toHaveAttribute('aria-description', '文件以链接发送')
  // Nothing that was sent can be changed there, and a quote would be lost.
  const sent = inThread(lin, '第1步')
  await sent.hover()
  await expect(sent.getByRole('button', { name: '复制' })).toBeVisible()
  for (const name of ['编辑', '撤回', '回复']) await expect(sent.getByRole('button', { name })).toHaveCount(0)
  // A number of which nobody is known is written to first: asked about once, since it is paid for.
  await lin.keyboard.press('Escape')
  await lin.keyboard.press('Shift+W')
  const dialog = lin.getByRole('dialog', { name: '主动联系客户' })
  await dialog.getByLabel('发自').click()
  await pick(lin, '山茶集 · 短信（SMPP）')
  await dialog.getByLabel('收件人').fill('+86 138-0000-9999')
  await lin.keyboard.press('Enter')
  await expect(dialog.getByText('将发给 +8613800009999')).toBeVisible()
  await dialog.getByLabel('内容').fill('您的包裹到了')
  await expect(dialog.getByText('1 条短信 · 70 字/条')).toBeVisible()
  expect(await hindrances(lin, 'writing first', { within: '[role=dialog]' })).toEqual([])
  await lin.keyboard.press('Control+Enter')
  const question = lin.getByRole('dialog').filter({ hasText: '将向 +8613800009999 发送 1 条短信，发送后不能撤回。' })
  await expect(question.getByRole('button', { name: /^(?!取).*发/ })).toBeFocused()
  await lin.keyboard.press('Enter')
  await expect(inThread(lin, '您的包裹到了')).toBeVisible()
  await expect(lin.getByRole('main').getByText('由 林晓')).toHaveCount(0)
})

test('a file that WeChat does not take is said to go as a link before it is sent', async ({ agent, stranger }) => {
  const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const wechat = handset(page, '微信公众号')
  const lin = await agent('lin')
  await write(wechat, '发票发我一份')
  await find(lin, '发票发我一份')
  const composer = composerOf(lin)
  await expect(lin.getByRole('main').getByText(/还可回复 5\/5 条，\S+ .*前有效/)).toBeVisible()
  await lin
    .getByRole('main')
    .locator('input[type=file]')
    .setInputFiles([file('invoice.pdf')])
  await expect(composer.getByRole('button', { name: '1 个文件将以链接发送' })).toBeVisible()
  await composer.getByRole('button', { name: '1 个文件将以链接发送' }).click()
  const shown = lin.locator('.q-preview-parts').getByRole('listitem')
  await expect(shown).toContainText('invoice.pdf')
  const link = /https?:\/\/\S+/.exec(await shown.innerText())?.[0] ?? ''
  expect((await lin.request.get(link)).headers()['content-type']).toContain('application/pdf')
  await lin.keyboard.press('Escape')
  await sendOf(lin).click()
  await expect(onScreen(wechat, 'invoice.pdf')).toContainText('http')
  await expect(lin.getByRole('main').getByText(/还可回复 4\/5 条/)).toBeVisible()
  // Five short of what is written: refused as a whole before it is sent, with both numbers.
  await composer.getByRole('textbox').fill('茶'.repeat(3_400))
  await expect(composer.getByText('需要发 5 条，只能再发 4 条')).toBeVisible()
  await expect(sendOf(lin)).toBeDisabled()
  await composer.getByRole('textbox').fill('')
  // A card that opens a page of a mini program, which has to be named.
  await composer.getByRole('button', { name: '插入菜单、卡片、位置、名片', exact: true }).click()
  await lin.getByRole('menuitem', { name: '卡片' }).press('Enter')
  const card = lin.getByRole('form', { name: '发送卡片' })
  await card.getByLabel('标题').fill('您的订单')
  await card.getByLabel('小程序页面路径').fill('pages/order?id=1')
  await lin.keyboard.press('Control+Enter')
  await expect(card.getByText('小程序 AppID 以 wx 开头，由字母和数字组成')).toBeVisible()
  await expect(card.getByLabel('小程序 AppID')).toBeFocused()
  await lin.keyboard.type('wx1234567890abcdef')
  await lin.keyboard.press('Control+Enter')
  await expect(onScreen(wechat, '您的订单')).toBeVisible()
  await expect(inThread(lin, '您的订单')).toContainText('小程序 wx1234567890abcdef pages/order?id=1')
})

interface Named {
  id: string
}
type Provider = Awaited<ReturnType<typeof startTwilio>> | Awaited<ReturnType<typeof startWhatsApp>>

async function openInbox(admin: Page, channel: string, name: string, simulator: Provider): Promise<string> {
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const teamIds = teams.map(({ id }) => id)
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', { name, channel, teamIds })
  const account = `/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await callApi<{ version: number; callbackUrl: string }>(admin, 'GET', account)
  await callApi(admin, 'PUT', account, { version, config: simulator.config })
  simulator.pointTo(new URL(new URL(callbackUrl).pathname, admin.url()).href)
  return inbox.id
}
const openId = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''
const contactOf = async (page: Page): Promise<string> =>
  (await callApi<{ contact: Named }>(page, 'GET', `/conversations/${openId(page)}`)).contact.id

test('a window that is shut keeps from sending, and offers a template and the text message', async ({
  agent,
  qiao,
}) => {
  test.slow()
  const hour = 3_600_000
  let aheadMs = 0
  const whatsapp = await startWhatsApp({ now: () => new Date(Date.now() + aheadMs) })
  const twilio = await startTwilio({ now: () => new Date(Date.now() + aheadMs) })
  const shen = await agent('shen')
  const inboxId = await openInbox(shen, 'whatsapp', 'WhatsApp 店', whatsapp)
  await openInbox(shen, 'twilio', '短信客服', twilio)
  await callApi(shen, 'POST', `/inboxes/${inboxId}/templates`, {
    category: 'utility',
    parameters: [],
    name: 'still_here',
    language: 'zh_CN',
    text: '您的茶具已备好。',
  })
  await whatsapp.settled()
  await twilio.phone('Bea').say({ type: 'text', text: 'A text from the train' })
  await find(shen, 'A text from the train')
  const other = await contactOf(shen)
  await whatsapp.phone('Amelia').say({ type: 'text', text: 'Is my tea set ready?' })
  await find(shen, 'Is my tea set ready?')
  await callApi(shen, 'POST', `/contacts/${await contactOf(shen)}/merges`, {
    otherId: other,
    clientKey: crypto.randomUUID(),
  })

  aheadMs = 25 * hour
  await qiao.putForward(aheadMs)
  await shen.reload()
  const composer = composerOf(shen)
  const strip = shen.getByRole('main').getByRole('status').filter({ hasText: '回复窗口已于' })
  await expect(strip).toContainText('客户再次来信后可再回复。可以发送模板消息。现在可用：短信客服。')

  // What is written stays, and does not go out: neither by the key nor by the button.
  await composer.getByRole('textbox').fill('It is, shall we send it?')
  await expect(sendOf(shen)).toBeDisabled()
  await expect(sendOf(shen)).toHaveAccessibleDescription(/不能发送：已超过该渠道允许回复的时间/)
  await composer.getByRole('textbox').press('Enter')
  await expect(composer.getByRole('textbox')).toHaveValue('It is, shall we send it?')
  expect(await hindrances(shen, 'composer that is shut', { within: '.q-composer' })).toEqual([])
  // Words for colleagues always can.
  await composer.getByText('备注', { exact: true }).click()
  await expect(shen.getByRole('button', { name: '添加备注' })).toBeEnabled()
  await shen.getByRole('region', { name: '备注', exact: true }).getByText('回复', { exact: true }).click()

  await composer.getByRole('button', { name: '发送模板消息' }).click()
  const dialog = shen.getByRole('dialog', { name: '发送模板消息' })
  await dialog.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => whatsapp.phone('Amelia').screen.at(-1)?.text).toBe('您的茶具已备好。')

  await composer.getByRole('button', { name: '改用 短信客服' }).click()
  await expect(sendOf(shen)).toBeEnabled()
  await expect(composer.getByRole('button', { name: '1 条短信 · 160 字/条' })).toBeVisible()
  await expect(strip).toHaveCount(0)
  await sendOf(shen).click()
  await expect.poll(() => twilio.phone('Bea').screen.at(-1)?.text).toBe('It is, shall we send it?')
  await expect(inThread(shen, 'It is, shall we send it?')).toContainText('经由 短信客服')

  // From the other side the shut channel can be chosen for its templates.
  await composer.getByRole('combobox', { name: '发送渠道' }).click()
  await shen
    .locator('.ant-select-dropdown:visible:not([class*="ant-slide-"]) .q-via')
    .filter({ hasText: 'WhatsApp 店' })
    .click()
  await expect(composer.getByRole('button', { name: '发送模板消息' })).toBeVisible()
  await Promise.all([whatsapp.stop(), twilio.stop()])
  await qiao.putForward(0)
})
