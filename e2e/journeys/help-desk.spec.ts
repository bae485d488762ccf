import type { Inbox } from '@qiao/protocol'
import type { Page } from '@playwright/test'
import { type StaffProvider, startStaffProvider } from '../../apps/server/src/testing/staff-provider.ts'
import { hindrances } from '../setup/axe.ts'
import { answer, inThread, openConversation, said, say, sendFile } from '../setup/chat.ts'
import { startHostPage } from '../setup/host-page.ts'
import { callApi, expect, file, phone, test } from '../setup/test.ts'

const company = { email_verified: true, department: '财务部', employee_number: '10042' }

/** At the provider, whose page is its own affair. */
async function signInAtProvider(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function newDesk(admin: Page): Promise<{ inbox: Inbox; callback: string }> {
  const inbox = await callApi<Inbox>(admin, 'POST', '/inboxes', { name: 'IT 服务台' })
  const { callbackUrl } = await callApi<{ callbackUrl: string }>(admin, 'GET', `/inboxes/${inbox.id}/sign-in`)
  return { inbox, callback: callbackUrl }
}

async function serveStaff(
  admin: Page,
  { id, version, settings }: Inbox,
  provider: StaffProvider,
  intranet: string,
): Promise<void> {
  const changed = { ...settings, audience: 'staff', allowedDomains: [intranet] }
  await callApi(admin, 'PATCH', `/inboxes/${id}`, { version, settings: changed })
  const fields = { issuer: provider.issuer, clientId: provider.clientId, emailDomains: ['camellia.example'] }
  await callApi(admin, 'PUT', `/inboxes/${id}/sign-in`, { version: 0, fields, secret: provider.secret })
}

test('a company opens a help desk: staff sign in, ask with a picture, are answered and log out; nobody else gets in', async ({
  agent,
  stranger,
}) => {
  const admin = await agent('shen')
  const { inbox, callback } = await newDesk(admin)
  const provider = await startStaffProvider({ redirectUris: [callback] })
  provider.people.set('li', { ...company, name: '李思', email: 'li@camellia.example' })
  provider.people.set('mallory', { ...company, name: 'Mallory', email: 'mallory@evil.example' })
  const found: string[] = []
  try {
    await test.step('an administrator sets the sign-in up and has it checked', async () => {
      await admin.goto(`/settings/inboxes/${inbox.id}/identity`)
      await admin.getByRole('radio', { name: '本公司员工' }).check()
      await admin.getByRole('button', { name: '保存', exact: true }).click()
      await expect(admin.getByText('已保存', { exact: true }).first()).toBeVisible()
      await expect(admin.getByLabel('回调地址')).toHaveText(callback)
      await expect(admin.getByText('还没有设置。')).toBeVisible()
      await admin.getByRole('button', { name: '设置登录' }).click()
      const panel = admin.getByRole('dialog')
      await panel.getByRole('button', { name: '保存' }).click()
      await expect(panel.getByText('请填写此项。')).toBeVisible()
      await panel.getByLabel('签发者（Issuer）').fill(provider.issuer)
      await panel.getByLabel('客户端 ID').fill(provider.clientId)
      await panel.getByRole('textbox', { name: /^客户端密钥/ }).fill('not the secret')
      await panel.getByLabel('允许的邮箱域名').fill('camellia.example')
      // A button under the pointer looks another way.
      await admin.mouse.move(0, 0)
      found.push(...(await hindrances(admin, 'sign-in settings', { within: '[role=dialog]' })))
      await panel.getByRole('button', { name: '保存' }).click()
      await expect(panel).toHaveCount(0)
      await admin.getByRole('button', { name: /^检\s*查$/ }).click()
      await expect(admin.getByText('提供方不认可客户端 ID 或密钥。')).toBeVisible()

      await admin.getByRole('button', { name: '修改登录设置' }).click()
      await panel
        .getByRole('button', { name: /客户端密钥/ })
        .first()
        .click()
      await panel.getByRole('textbox', { name: /^客户端密钥/ }).fill(provider.secret)
      await panel.getByRole('button', { name: '保存' }).click()
      await expect(panel).toHaveCount(0)
      await admin.getByRole('button', { name: /^检\s*查$/ }).click()
      await expect(admin.getByText('提供方认可客户端 ID 和密钥。')).toBeVisible()
      found.push(...(await hindrances(admin, 'identity section', { within: 'main' })))
    })

    const staff = await stranger(phone)
    await test.step('somebody of the staff signs in and asks', async () => {
      await staff.goto(`/chat/${inbox.key}`)
      await expect(staff.getByText('请用公司账号登录')).toBeVisible()
      found.push(...(await hindrances(staff, 'before signing in')))
      await staff.getByRole('button', { name: '登录' }).click()
      await signInAtProvider(staff, 'li')
      await expect(staff.getByText('已登录：李思')).toBeVisible()
      expect(new URL(staff.url()).search).toBe('?lang=zh-CN')
      await expect(staff.getByText('还没有请求。')).toBeVisible()
      await staff.getByRole('button', { name: '新请求' }).click()
      await say(staff, '投影仪不亮了')
      await expect(said(staff, '投影仪不亮了')).toBeVisible()
      await sendFile(staff, file('cup.jpg'))
      await expect(staff.getByRole('list').getByRole('img')).toBeVisible()
    })

    await test.step('the agent sees who it is, with department and number, and answers', async () => {
      await admin.goto('/inbox')
      await openConversation(admin, '待分配', '李思')
      const panel = admin.getByRole('complementary', { name: '客户资料' })
      await expect(panel.getByText('li@camellia.example')).toBeVisible()
      await expect(panel.getByText('部门', { exact: true })).toBeVisible()
      await expect(panel.getByText('财务部')).toBeVisible()
      await expect(panel.getByText('10042')).toBeVisible()
      await expect(inThread(admin, 'cup.jpg').or(admin.getByRole('main').getByRole('img').last())).toBeVisible()
      await answer(admin, '李思', '换一个灯泡就好，下午来')
      await expect(said(staff, '换一个灯泡就好，下午来')).toBeVisible()
    })

    await test.step('the request stands in the list with its number and state', async () => {
      await staff.getByRole('button', { name: '返回' }).click()
      const request = staff.getByRole('button', { name: /#\d+ · 处理中/ })
      await expect(request).toContainText('换一个灯泡就好')
      found.push(...(await hindrances(staff, 'requests')))
      await request.click()
      await expect(said(staff, '投影仪不亮了')).toBeVisible()
      await staff.getByRole('button', { name: '返回' }).click()
    })

    await test.step('logging out ends it, also after a reload', async () => {
      await staff.getByRole('button', { name: '退出登录' }).click()
      await expect(staff.getByRole('button', { name: '登录' })).toBeVisible()
      await staff.reload()
      await expect(staff.getByRole('button', { name: '登录' })).toBeVisible()
      await expect(staff.getByText('投影仪')).toHaveCount(0)
    })

    await test.step('an account of elsewhere is refused in words, and says nothing', async () => {
      const mallory = await stranger()
      await mallory.goto(`/chat/${inbox.key}`)
      await mallory.getByRole('button', { name: '登录' }).click()
      await signInAtProvider(mallory, 'mallory')
      await expect(mallory.getByRole('alert')).toHaveText('这个账号不属于本公司员工，不能在这里使用。')
      await expect(mallory.getByRole('button', { name: '登录' })).toBeVisible()
      found.push(...(await hindrances(mallory, 'refused')))
      // The provider knows this browser, but another account can be chosen.
      await mallory.getByRole('button', { name: '登录' }).click()
      await signInAtProvider(mallory, 'li')
      await expect(mallory.getByRole('button', { name: /#\d+ · 处理中/ })).toBeVisible()
    })
    expect(found).toEqual([])
  } finally {
    await provider.stop()
  }
})

test('on the intranet the chat opens a window to sign in and goes on in the page', async ({
  agent,
  stranger,
  qiao,
}) => {
  const admin = await agent('shen')
  const { inbox, callback } = await newDesk(admin)
  const provider = await startStaffProvider({ redirectUris: [callback] })
  provider.people.set('wang', { ...company, name: '王伟', email: 'wang@camellia.example' })
  const code = `<script async src="${qiao.url}/widget.js" data-inbox="${inbox.key}"></script>`
  const intranet = await startHostPage(code)
  await serveStaff(admin, inbox, provider, new URL(intranet.url).host)
  try {
    const page = await stranger()
    await page.goto(intranet.url)
    await page.getByRole('button', { name: '在线客服' }).click()
    const chat = page.frameLocator('iframe[src*="/chat/"]')
    const opening = page.waitForEvent('popup')
    await chat.getByRole('button', { name: '登录' }).click()
    const popup = await opening
    const closed = popup.waitForEvent('close')
    await signInAtProvider(popup, 'wang')
    await closed
    await expect(chat.getByText('已登录：王伟')).toBeVisible()
    await chat.getByRole('button', { name: '新请求' }).click()
    await say(chat, '门禁卡丢了')
    await expect(said(chat, '门禁卡丢了')).toBeVisible()
    await openConversation(admin, '待分配', '王伟')

    // A page that is not the chat hears nothing, although it opened the window: that one becomes the chat itself.
    const evil = await stranger()
    await evil.goto(intranet.url)
    const away = evil.waitForEvent('popup')
    await evil.evaluate((address) => {
      addEventListener('message', ({ data }) => {
        if (JSON.stringify(data).includes('token')) document.title = 'heard'
      })
      open(address)
    }, `${qiao.url}/chat/${inbox.key}/sign-in?window=1`)
    const own = await away
    await signInAtProvider(own, 'wang')
    await expect(own.getByText('已登录：王伟')).toBeVisible()
    await expect(own.getByRole('button', { name: /#\d+ · / })).toContainText('门禁卡丢了')
    expect(await evil.title()).toBe('内网')
  } finally {
    await intranet.stop()
    await provider.stop()
  }
})
