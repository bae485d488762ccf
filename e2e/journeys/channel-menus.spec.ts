import type { Locator, Page } from '@playwright/test'
import type { InboxMenu } from '@qiao/protocol'
import { hindrances, thorough } from '../setup/axe.ts'
import { handset, onScreen, openPhones, write } from '../setup/handset.ts'
import { pick, pickFrom } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, expect, test } from '../setup/test.ts'

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true })
const bar = (phone: Locator): Locator => phone.getByRole('group', { name: /菜单$/ })
const acts = (page: Page, text: string): Locator => page.getByRole('main').getByText(text)

interface Routed {
  id: string
  settings: { routing: { queueId: string | null } }
}
const press = (label: string) => ({ label, does: { kind: 'press', key: label } })

async function save(page: Page): Promise<void> {
  await button(page, '保存').click()
  await expect(button(page, '保存')).toHaveCount(0)
}

/** The inbox of the playground's phone. */
async function inboxOf(admin: Page, channel: string): Promise<string> {
  const { inboxes } = await callApi<{ inboxes: { id: string; key: string }[] }>(admin, 'GET', '/inboxes')
  return inboxes.find(({ key }) => key === `phone-${channel}`)?.id ?? ''
}

/** The phone is everybody's: its menu is as it was for whoever comes after. */
async function putBack(admin: Page, path: string, { menu }: InboxMenu): Promise<void> {
  const { revision } = await callApi<InboxMenu>(admin, 'GET', path)
  await callApi(admin, 'PUT', path, { menu, revision })
}

test('the menu that an administrator makes is on the phone, and what is pressed there is told to the agent', async ({
  agent,
  stranger,
}) => {
  const playground = await openPhones(await stranger({ viewport: { width: 1280, height: 900 } }))
  const wechat = handset(playground, '微信公众号')
  const admin = await agent('shen', { viewport: { width: 1280, height: 900 } })
  const path = `/inboxes/${await inboxOf(admin, 'wechat')}/menu`
  const form = admin.getByRole('main')
  const preview = admin.getByRole('figure', { name: '手机上的样子' })
  const before = await callApi<InboxMenu>(admin, 'GET', path)

  await test.step('what is there is shown as the phone shows it', async () => {
    await admin.goto(`/settings${path}`)
    await expect(preview.getByRole('button')).toHaveText(['我的订单', '联系客服', /更多/])
    await button(form, '编辑“联系客服”').click()
    await field(admin, '名称').fill('找客服')
    await expect(preview.getByRole('button').nth(1)).toHaveText('找客服')
  })

  await test.step('what is too long or missing stands at its field', async () => {
    await field(admin, '名称').fill('马上联系客服')
    await field(admin, '按键值').fill('')
    await button(admin, '保存').click()
    await expect(admin.getByText('太长了，最多 16 字节')).toBeVisible()
    await expect(admin.getByText('请填写此项。')).toBeVisible()
    await expect(admin.getByText('有填写不正确的地方：菜单')).toBeVisible()
    await field(admin, '名称').fill('找客服')
    await field(admin, '按键值').fill('talk-to-us')
    await field(admin, '点按后').click()
    await pick(admin, '联系客服（开始会话）')
    await button(admin, '保存').click()
    await expect(admin.getByText('请填写此项。')).toBeVisible()
    await field(admin, '客户说的话').fill('我要找人工客服')
  })

  await test.step('entries are added, moved by keys and by pointer, and saved', async () => {
    await button(form, '在“更多”下添加子菜单项').click()
    await field(admin, '名称').fill('小程序商城')
    await field(admin, '点按后').click()
    await pick(admin, '打开小程序')
    await field(admin, '小程序 AppID').fill('wx0123456789abcdef')
    await field(admin, '小程序页面路径').fill('pages/shop')
    await field(admin, '旧版微信打开的网址').fill('https://camellia.example/shop')
    await button(form, '编辑“小程序商城”').press('Alt+ArrowUp')
    await expect(button(form, '编辑“小程序商城”')).toBeFocused()
    await admin.keyboard.press('Alt+ArrowUp')
    await button(form, '编辑“我的订单”').dragTo(button(form, '编辑“找客服”'))
    await expect(preview.locator('.st-menu-cell > button')).toHaveText(['找客服', '我的订单', /更多/])
    await save(admin)
  })

  await test.step('it is on the phone', async () => {
    await expect(bar(wechat).locator('> *')).toHaveText([/找客服/, /我的订单/, /更多/])
    await bar(wechat).locator('summary').click()
    await expect(bar(wechat).locator('.below button')).toHaveText(['小程序商城', '官网', '附近门店'])
    await playground.keyboard.press('Escape')
  })

  await test.step('the customer presses, and the agent sees it', async () => {
    const lin = await agent('lin')
    await write(wechat, '菜单上的按钮是做什么的')
    await find(lin, '菜单上的按钮是做什么的')
    await button(bar(wechat), '找客服').click()
    await expect(onScreen(wechat, '找客服')).toBeVisible()
    await expect(acts(lin, '我要找人工客服').first()).toBeVisible()
    await bar(wechat).locator('summary').click()
    await button(bar(wechat), '小程序商城').click()
    await expect(acts(lin, 'pages/shop').first()).toBeVisible()
  })

  await test.step('who edits what somebody else changed meanwhile decides whose it shall be', async () => {
    await button(form, '编辑“我的订单”').click()
    await field(admin, '名称').fill('订单')
    const { menu, revision } = await callApi<InboxMenu>(admin, 'GET', path)
    const theirs = { entries: (menu?.entries ?? []).slice(0, 1) }
    await callApi(admin, 'PUT', path, { menu: theirs, revision })
    await button(admin, '保存').click()
    await expect(admin.getByRole('alert').filter({ hasText: '保存了新的内容' })).toBeVisible()
    await button(admin, '保留我的并覆盖').click()
    await expect(button(admin, '保留我的并覆盖')).toHaveCount(0)
    await expect(bar(wechat).locator('> *')).toHaveText([/找客服/, /订单/, /更多/])
  })

  await test.step('a provider that is silent is told of, and asked again', async () => {
    const trouble = wechat.getByLabel('故障')
    await wechat.locator('details.more summary').click()
    await trouble.selectOption('silence')
    await admin.reload()
    await expect(form.getByRole('alert')).toContainText('没有读到渠道方的菜单')
    await trouble.selectOption('')
    await button(admin, '重试').click()
    await expect(preview.getByRole('button').first()).toHaveText('找客服')
  })

  await test.step('the menu is taken away', async () => {
    await button(form, '移除整个菜单').click()
    await button(admin.getByRole('dialog'), '移除整个菜单').click()
    await expect(form.getByText('还没有菜单')).toBeVisible()
    await save(admin)
    await expect(bar(wechat)).toBeHidden()
    await putBack(admin, path, before)
    await expect(bar(wechat)).toBeVisible()
  })
})

test('a code that an administrator makes is opened on the phone, and the agent sees its parameter', async ({
  agent,
  stranger,
}) => {
  const playground = await openPhones(await stranger({ viewport: { width: 1280, height: 900 } }))
  const wechat = handset(playground, '微信公众号')
  const admin = await agent('shen', { viewport: { width: 1280, height: 900 } })
  await admin.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const inboxId = await inboxOf(admin, 'wechat')
  const { queues } = await callApi<{ queues: { id: string; name: string }[] }>(admin, 'GET', '/routing/settings')
  const { inboxes } = await callApi<{ inboxes: Routed[] }>(admin, 'GET', '/inboxes')
  const own = inboxes.find(({ id }) => id === inboxId)?.settings.routing.queueId
  const queue = queues.find(({ id }) => id !== own) ?? { id: '', name: '' }
  await admin.goto(`/settings/inboxes/${await inboxOf(admin, 'messenger')}/entrances`)
  await expect(admin.getByText('还没有入口码')).toBeVisible()
  await admin.goto(`/settings/inboxes/${inboxId}/entrances`)
  await button(admin, '新建入口码').click()
  const panel = admin.getByRole('dialog')
  await panel.getByLabel('名称', { exact: true }).fill('橱窗')
  await panel.getByLabel('参数').fill('shop window')
  await expect(panel.getByText('只能用字母、数字')).toBeVisible()
  await panel.getByLabel('参数').fill('shop-window-3')
  await pickFrom(panel.getByLabel('队列', { exact: true }), queue.name)
  await panel.getByLabel('参数').press('Enter')
  const picture = panel.getByRole('img', { name: '入口码“橱窗”' })
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(720)
  const [download] = await Promise.all([admin.waitForEvent('download'), panel.getByText('下载图片').click()])
  expect(download.suggestedFilename()).toBe('shop-window-3.png')
  await button(panel, '关闭').last().click()
  const row = admin.getByRole('row').filter({ hasText: 'shop-window-3' })
  await button(row, '复制').click()
  const link = await admin.evaluate(() => navigator.clipboard.readText())

  // Who scans has not written yet: the agent sees it with the first message.
  await wechat.locator('details.more summary').click()
  await wechat.getByLabel('扫码或打开链接').fill(link)
  await button(wechat, '打开').click()
  await expect(onScreen(wechat, 'scan')).toBeVisible()
  const lin = await agent('lin')
  await write(wechat, '我在橱窗看到了新茶')
  await find(lin, '我在橱窗看到了新茶')
  await expect(acts(lin, 'shop-window-3').first()).toBeVisible()
  const item = await callApi<{ conversation: { queue: { queueId: string } | null } }>(
    lin,
    'GET',
    `/conversations/${new URL(lin.url()).pathname.split('/').at(-1)}`,
  )
  expect(item.conversation.queue?.queueId).toBe(queue.id)

  // Where it leads is changed without another code.
  await expect(row).toContainText(queue.name)
  await button(row, '编辑“橱窗”').click()
  const edit = admin.getByRole('dialog', { name: '编辑“橱窗”' })
  await pickFrom(edit.getByLabel('队列', { exact: true }), '与渠道相同')
  await pickFrom(edit.getByLabel('优先坐席'), '8001 · 林晓')
  expect(await hindrances(admin, 'where a code leads', { within: '.ant-drawer' })).toEqual([])
  await button(edit, '保存').click()
  await expect(edit).toHaveCount(0)
  await expect(row).not.toContainText(queue.name)
  await expect(row).toContainText('8001 · 林晓')
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toBe(link)

  await button(row, '重新生成“橱窗”').click()
  await expect(admin.getByText('已重新生成')).toBeVisible()
  await button(row, '复制').click()
  expect(await admin.evaluate(() => navigator.clipboard.readText())).not.toBe(link)
  await button(row, '删除“橱窗”').click()
  await button(admin.getByRole('dialog'), '删除').click()
  await expect(row).toHaveCount(0)
})

for (const language of thorough ? (['zh-CN', 'en'] as const) : (['en'] as const)) {
  test(`the menu and the codes hinder nobody, also on a phone: ${language}`, async ({ agent }) => {
    const admin = await agent('shen', { language })
    const inboxId = await inboxOf(admin, 'wechat')
    const path = `/inboxes/${inboxId}`
    const before = await callApi<InboxMenu>(admin, 'GET', `${path}/menu`)
    const entries = [
      press('Orders'),
      { label: 'More', entries: [press('a very long entry that has to be folded'), press('b')] },
    ]
    await callApi(admin, 'PUT', `${path}/menu`, { menu: { entries }, revision: before.revision })
    await callApi(admin, 'POST', `${path}/entrance-codes`, { name: 'A name that goes on and on '.repeat(4).trim() })
    const found: string[] = []
    for (const section of ['menu', 'entrances']) {
      await admin.setViewportSize({ width: 1280, height: 900 })
      await admin.goto(`/settings/inboxes/${inboxId}/${section}`)
      if (section === 'menu') await admin.locator('.st-menu-list ol .st-menu-name').first().click()
      else await expect(admin.locator('.st-entrance-acts').first()).toBeVisible()
      found.push(...(await hindrances(admin, section)))
      await admin.setViewportSize({ width: 390, height: 844 })
      const wide = await admin.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect({ section, wide }).toEqual({ section, wide: 0 })
    }
    await admin.locator('.st-entrance-acts button').first().click()
    await expect(admin.locator('.st-entrance-qr img')).toBeVisible()
    found.push(...(await hindrances(admin, 'code', { within: '[role=dialog]' })))
    await putBack(admin, `${path}/menu`, before)
    expect(found).toEqual([])
  })
}
