import type { Inbox } from '@qiao/protocol'
import type { Locator, Page } from '@playwright/test'
import { said, say } from '../setup/chat.ts'
import { pickFrom } from '../setup/pick.ts'
import { startReceiver } from '../setup/receiver.ts'
import { callApi, expect, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const green = 'rgb(15, 118, 110)'

const row = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text })
const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存', { exact: true }).first()).toBeVisible()
}
const choose = (panel: Locator, label: string, option: string): Promise<void> =>
  pickFrom(panel.getByRole('combobox', { name: label }), option)

test('an administrator opens a new way in: hours, team, inbox, colleague, key and webhook', async ({
  agent,
  stranger,
}) => {
  const receiver = await startReceiver()
  const admin = await agent('shen', { viewport: { width: 1280, height: 860 } })
  const panel = admin.getByRole('dialog')

  try {
    await test.step('hours are made from a preset', async () => {
      await admin.goto('/settings/hours')
      await admin.getByRole('button', { name: '新建工作时间' }).click()
      await admin.getByPlaceholder('例如：售后服务时间').fill('文具店时间')
      await admin.getByRole('button', { name: '常用时间' }).click()
      await admin.getByRole('menuitem', { name: '每天 9–21 点' }).click()
      await expect(admin.getByText('每周开放 84 小时')).toBeVisible()
      await save(admin)
      await expect(row(admin, '文具店时间')).toContainText('周一至周日 09:00–21:00')
      await expect(row(admin, '文具店时间')).toContainText('没有渠道使用')
    })

    await test.step('a team gets its people', async () => {
      await admin.goto('/settings/teams')
      await admin.getByRole('button', { name: '新建团队' }).click()
      await panel.getByRole('button', { name: '保存' }).click()
      await expect(panel.getByText('请填写此项。')).toBeVisible()
      await choose(panel, '成员', '何嘉树')
      await panel.getByLabel('名称', { exact: true }).fill('文具组')
      await panel.getByLabel('名称', { exact: true }).press('Enter')
      await expect(row(admin, '文具组')).toContainText('1 人何嘉树')
    })

    await test.step('an inbox is made and its look changes before it is saved', async () => {
      await admin.goto('/settings/inboxes')
      await admin.getByRole('button', { name: '新建渠道' }).click()
      await admin.getByRole('button', { name: '网站聊天' }).click()
      await panel.getByLabel('名称', { exact: true }).fill('清风文具')
      await choose(panel, '团队', '文具组')
      await choose(panel, '工作时间', '文具店时间')
      await panel.getByRole('button', { name: '创建' }).click()
      await expect(admin.getByRole('heading', { name: '清风文具', level: 1 })).toBeVisible()

      const preview = admin.frameLocator('iframe[title="聊天窗口预览"]')
      await admin.getByRole('link', { name: '外观' }).click()
      await admin.getByRole('button', { name: '#0f766e' }).click()
      await expect(preview.getByRole('button', { name: '开始咨询' })).toHaveCSS('background-color', green)
      await admin.getByRole('link', { name: '文字' }).click()
      await admin.getByLabel('标题').fill('清风文具客服')
      await expect(preview.getByText('清风文具客服')).toBeVisible()
      await admin.getByRole('link', { name: '工作时间外' }).click()
      await admin.getByRole('radio', { name: /照常发送消息/ }).check()
      await save(admin)
    })

    await test.step('a colleague is invited, and the invitation is listed', async () => {
      await admin.goto('/settings/staff')
      await admin.getByRole('button', { name: '邀请同事' }).click()
      await panel.getByLabel('邮箱').fill('not an address')
      await panel.getByRole('button', { name: '发出邀请' }).click()
      await expect(panel.getByText(/邮箱格式不对/)).toBeVisible()
      await panel.getByLabel('邮箱').fill('mo@qingfeng.example')
      await choose(panel, '团队', '文具组')
      await panel.getByRole('button', { name: '发出邀请' }).click()
      await expect(panel.getByLabel('邀请已创建').last()).toContainText('/invitation?token=')
      await panel.getByRole('button', { name: '关闭' }).last().click()
      await expect(row(admin, 'mo@qingfeng.example')).toContainText('坐席')
    })

    await test.step('an API key is shown once, and works', async () => {
      await admin.goto('/settings/api-keys')
      await admin.getByRole('button', { name: '新建密钥' }).click()
      await panel.getByLabel('用途').fill('库存系统')
      await panel.getByRole('button', { name: '创建密钥' }).click()
      const secret = (await panel.getByLabel('密钥已创建').last().innerText()).trim()
      const program = await stranger()
      const asked = await program.request.get('/api/v1/inboxes', { headers: { authorization: `Bearer ${secret}` } })
      expect(asked.status(), await asked.text()).toBe(200)
      await panel.getByRole('button', { name: '关闭' }).last().click()
      await expect(row(admin, '库存系统')).toBeVisible()
      await admin.reload()
      await expect(row(admin, '库存系统')).toBeVisible()
      expect(await admin.content()).not.toContain(secret)
    })

    await test.step('a webhook hears of what a visitor writes', async () => {
      await admin.goto('/settings/webhooks')
      await admin.getByRole('button', { name: '新建 Webhook' }).click()
      await panel.getByLabel('地址').fill(receiver.url)
      await panel.getByRole('button', { name: '创建' }).click()
      await expect(panel.getByLabel('签名密钥').last()).toContainText('whsec_')
      await panel.getByRole('button', { name: '关闭' }).last().click()
      await admin.getByRole('link', { name: receiver.url }).click()
      // Whatever else goes on in the company may already have been delivered: the page is there, empty or not.
      await expect(admin.getByRole('button', { name: '刷新' })).toBeVisible()

      const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
      const visitor = await stranger()
      await visitor.goto(`/chat/${inboxes.find((one) => one.name === '清风文具')?.key}`)
      await expect(visitor.getByText('清风文具客服')).toBeVisible()
      await visitor.getByRole('button', { name: '开始咨询' }).click()
      await say(visitor, '钢笔有现货吗')
      await expect(said(visitor, '钢笔有现货吗')).toContainText(/已发送|已送达/)
      await expect.poll(() => receiver.received.join('\n')).toContain('钢笔有现货吗')

      const delivery = row(admin, 'message.received').first()
      await expect(async () => {
        await admin.getByRole('button', { name: '刷新' }).click()
        await expect(delivery).toContainText('已送达 · HTTP 200', { timeout: 1000 })
      }).toPass({ timeout: 30_000 })
      await delivery.getByRole('button', { name: /查看/ }).click()
      await expect(panel.getByLabel('内容')).toContainText('钢笔有现货吗')
      await panel.getByRole('button', { name: '关闭' }).last().click()
    })

    await test.step('the log names all of it', async () => {
      await admin.goto('/settings/audit')
      for (const name of ['清风文具', '文具组', '文具店时间', 'mo@qingfeng.example', '库存系统']) {
        await expect(row(admin, name).first()).toContainText('沈知秋')
      }
    })
  } finally {
    await receiver.stop()
  }
})

test('who saves an inbox that somebody else changed meanwhile decides whose it shall be', async ({ agent }) => {
  const shen = await agent('shen')
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(shen, 'GET', '/inboxes')
  const inbox = inboxes.find((one) => one.key === 'camellia-en')
  const theirs = { version: inbox?.version, name: 'Camellia, renamed' }
  const name = shen.getByLabel('渠道名称')
  await shen.goto(`/settings/inboxes/${inbox?.id}`)
  await name.fill('Camellia, mine')
  await callApi(shen, 'PATCH', `/inboxes/${inbox?.id}`, theirs)
  await expect(shen.getByRole('alert').filter({ hasText: '在另一个窗口保存了新的内容' })).toBeVisible()
  await shen.getByRole('button', { name: '改用已保存的' }).click()
  await expect(name).toHaveValue('Camellia, renamed')

  await name.fill(inbox?.name ?? '')
  await callApi(shen, 'PATCH', `/inboxes/${inbox?.id}`, { version: (inbox?.version ?? 0) + 1, name: 'Once more' })
  await shen.getByRole('button', { name: '保留我的并覆盖' }).click()
  await expect(shen.getByText('已保存', { exact: true }).first()).toBeVisible()
  const later = await callApi<{ inboxes: Inbox[] }>(shen, 'GET', '/inboxes')
  expect(later.inboxes.find((one) => one.id === inbox?.id)).toMatchObject({ name: inbox?.name })
})
