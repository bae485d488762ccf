import { randomUUID } from 'node:crypto'
import type { ChannelAccount } from '@qiao/protocol'
import { startTelegramSimulator } from '@qiao/channels/simulators'
import type { Locator, Page } from '@playwright/test'
import { hindrances, thorough } from '../setup/axe.ts'
import { goTo } from '../setup/screens.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

const wrongToken = '5000:AAWrongWrongWrongWrongWrongWrongWro'

interface Listed {
  items: { conversation: { id: string } }[]
}

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true })
const finding = (page: Page, text: string): Locator =>
  page.getByRole('list', { name: '检查结果' }).getByRole('listitem').filter({ hasText: text })
async function save(page: Page): Promise<void> {
  await button(page, '保存').click()
  await expect(button(page, '保存')).toHaveCount(0)
}
async function open(page: Page, section: string): Promise<void> {
  await page.getByRole('navigation', { name: '渠道设置' }).getByRole('link', { name: section }).click()
}
/** One row of the table that counts what is not done. */
const counted = (page: Page, direction: string): Locator =>
  page.getByRole('region', { name: '未完成的消息' }).getByRole('row').filter({ hasText: direction })

test('an administrator connects a channel, changes its secret without a loss and replays what failed', async ({
  agent,
}) => {
  const telegram = await startTelegramSimulator()
  const admin = await agent('shen', { viewport: { width: 1280, height: 860 } })
  const phone = telegram.phone('wang')
  const shown = (): string[] => phone.screen.filter(({ mine }) => !mine).map(({ text }) => text)
  let inboxId = ''
  let conversationId = ''
  const received = async (): Promise<string> => {
    const { items } = await callApi<Listed>(admin, 'GET', `/conversations?view=all&inboxId=${inboxId}`)
    conversationId = items[0]?.conversation.id ?? ''
    if (conversationId === '') return ''
    return JSON.stringify(await callApi<object>(admin, 'GET', `/conversations/${conversationId}/entries?limit=100`))
  }
  const arrives = async (text: string): Promise<void> => {
    await phone.say({ type: 'text', text })
    await expect.poll(received).toContain(text)
  }
  const answer = (text: string): Promise<unknown> =>
    callApi(admin, 'POST', `/conversations/${conversationId}/messages`, {
      clientKey: randomUUID(),
      content: { type: 'text', text },
    })

  try {
    await test.step('a channel is sought and chosen', async () => {
      await admin.goto('/settings/inboxes')
      await button(admin, '新建渠道').click()
      await expect(admin.locator('.st-channel-card').first()).toContainText('网站聊天')
      await admin.getByRole('searchbox', { name: '搜索渠道' }).fill('wechat')
      await expect(admin.getByRole('button', { name: /微信公众号/ })).toBeVisible()
      await expect(admin.getByRole('button', { name: /网站聊天/ })).toHaveCount(0)
      await admin.getByRole('searchbox', { name: '搜索渠道' }).fill('telegram')
      await admin.locator('.st-channel-card').press('Enter')
      const panel = admin.getByRole('dialog')
      await panel.getByLabel('名称', { exact: true }).fill('海外客服')
      await panel.getByLabel('名称', { exact: true }).press('Enter')
      await expect(admin.getByRole('heading', { name: '海外客服', level: 1 })).toBeVisible()
      inboxId = /inboxes\/([^/]+)\/connection/.exec(admin.url())?.[1] ?? ''
      for (const section of ['外观', '聊前表单', '身份与域名', '安装']) {
        await expect(admin.getByRole('link', { name: section })).toHaveCount(0)
      }
    })

    await test.step('what is missing or refused stands at its field', async () => {
      await expect(button(admin, '检查')).toBeDisabled()
      await admin.getByText('高级设置').click()
      await admin.getByLabel('Bot API 地址').fill('no address')
      await button(admin, '保存').click()
      await expect(admin.getByText('请填写此项。')).toBeVisible()
      await admin.getByLabel('机器人令牌', { exact: true }).fill('short')
      await button(admin, '保存').click()
      await expect(admin.getByText('请填写以 https:// 或 http:// 开头的地址。')).toBeVisible()
      await expect(admin.getByLabel('机器人令牌', { exact: true })).toHaveAttribute('aria-invalid', 'true')
      await admin.getByLabel('Bot API 地址').fill(String(telegram.config['apiUrl']))
      await admin.getByLabel('机器人令牌', { exact: true }).fill(wrongToken)
      await save(admin)
      await expect(admin.getByText('已设置')).toBeVisible()
      expect(await admin.content()).not.toContain(wrongToken)
    })

    await test.step('the check says what is wrong, is mended, and the provider is told where to call', async () => {
      await button(admin, '检查').click()
      await expect(finding(admin, '令牌无效')).toContainText('需要处理')
      await button(admin, '更换机器人令牌').click()
      await expect(button(admin, '检查')).toBeDisabled()
      await admin.getByLabel('机器人令牌', { exact: true }).fill(String(telegram.config['token']))
      await admin.getByLabel('旧密钥继续有效').fill('0')
      await expect(admin.getByText(/旧密钥立即失效/)).toBeVisible()
      await save(admin)
      await button(admin, '检查').click()
      await expect(finding(admin, '尚不知道回调地址')).toContainText('需要处理')
      await button(admin, '连接').click()
      await expect(finding(admin, '正常调用回调地址')).toContainText('正常')
      await arrives('第一条消息')
    })

    await test.step('while the secret changes, nothing is lost', async () => {
      const newToken = telegram.revoke()
      await button(admin, '检查').click()
      await expect(finding(admin, '令牌无效')).toBeVisible()
      await button(admin, '更换机器人令牌').click()
      await admin.getByLabel('机器人令牌', { exact: true }).fill(newToken)
      await admin.getByLabel('旧密钥继续有效').fill('2')
      await save(admin)
      await expect(admin.getByText(/旧密钥在 .+ 前仍然有效/)).toBeVisible()
      // Telegram still calls as it was told with the older token.
      await arrives('换令牌时的消息')
      await button(admin, '连接').click()
      await expect(finding(admin, '正常调用回调地址')).toBeVisible()
      await arrives('换令牌后的消息')
      await button(admin, '让旧密钥立即失效').first().click()
      await button(admin.getByRole('dialog'), '让旧密钥立即失效').click()
      await expect(admin.getByText(/旧密钥在 .+ 前仍然有效/)).toHaveCount(0)
      await arrives('旧令牌失效后的消息')
    })

    await test.step('a paused inbox keeps what comes, and works it off later', async () => {
      await open(admin, '运行状态')
      await button(admin, '暂停接待').click()
      await button(admin.getByRole('dialog'), '暂停接待').click()
      await expect(admin.locator('.st-lamp')).toHaveText('已暂停')
      await phone.say({ type: 'text', text: '暂停时的消息' })
      await telegram.settled()
      await expect(counted(admin, '客户发来').getByRole('cell').first()).toHaveText('1')
      expect(await received()).not.toContain('暂停时的消息')
      await button(admin, '恢复接待').click()
      await expect.poll(received).toContain('暂停时的消息')
      await expect(counted(admin, '客户发来').getByRole('cell').first()).toHaveText('0')
    })

    await test.step('a message that failed is looked at and sent once more', async () => {
      telegram.faults.next.push(403)
      await answer('发不出去的回复')
      await expect(counted(admin, '发给客户').getByRole('cell').nth(1)).toHaveText('1')
      await expect(admin.locator('.st-lamp')).toHaveText('有故障')
      const letters = admin.getByRole('region', { name: '死信' })
      await button(letters, '刷新').click()
      await letters.getByText('客户发来', { exact: true }).first().click()
      await expect(letters.getByText('没有死信。')).toBeVisible()
      await letters.getByText('发给客户', { exact: true }).first().click()
      const row = letters.getByRole('row').filter({ hasText: '账号没有这项权限' })
      await row.getByRole('button', { name: /^查看/ }).click()
      const panel = admin.getByRole('dialog')
      await expect(panel.getByLabel('内容', { exact: true })).toContainText('发不出去的回复')
      expect(await hindrances(admin, 'letter', { within: '[role=dialog]' })).toEqual([])
      await panel.getByRole('button', { name: /^重新处理/ }).click()
      await expect(panel.getByText('已处理')).toBeVisible()
      await expect.poll(shown).toEqual(['发不出去的回复'])
      await button(panel, '关闭').last().click()
      await expect(row).toContainText('已处理')
      await expect(admin.locator('.st-lamp')).toHaveText('正常')
    })
  } finally {
    await telegram.stop()
  }
})

test('who saves an account that somebody else changed meanwhile decides whose it shall be', async ({ agent }) => {
  const admin = await agent('shen', callsOnly)
  const { id } = await callApi<{ id: string }>(admin, 'POST', '/inboxes', { name: '两人同改', channel: 'telegram' })
  const path = `/inboxes/${id}/account`
  const { version } = await callApi<ChannelAccount>(admin, 'GET', path)
  const config = { token: wrongToken, apiUrl: 'https://mine.example' }
  await callApi(admin, 'PUT', path, { version, config })
  await admin.goto(`/settings/inboxes/${id}/connection`)
  await admin.getByText('高级设置').click()
  const address = admin.getByLabel('Bot API 地址')
  await address.fill('https://typed.example')
  await admin.getByRole('link', { name: '全部渠道' }).first().click()
  // By the key, which the button hears while it is still moving into its place too.
  await admin.getByRole('button', { name: '留在这里' }).press('Enter')
  await expect(address).toHaveValue('https://typed.example')

  await callApi(admin, 'PUT', path, { version: version + 1, config: { apiUrl: 'https://theirs.example' } })
  await button(admin, '保存').click()
  await expect(admin.getByRole('alert').filter({ hasText: '在另一个窗口保存了新的内容' })).toBeVisible()
  await button(admin, '保留我的并覆盖').click()
  await expect(button(admin, '保留我的并覆盖')).toHaveCount(0)
  // The question goes away at the click, the answer of the server comes after it.
  await expect
    .poll(() => callApi<ChannelAccount>(admin, 'GET', path))
    .toMatchObject({ config: { apiUrl: 'https://typed.example' }, secretsSet: ['token'] })
})

for (const language of thorough ? (['zh-CN', 'en'] as const) : (['en'] as const)) {
  test(`the settings of a channel hinder nobody, also on a phone: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    const name = `${language} open`
    const { id } = await callApi<{ id: string }>(admin, 'POST', '/inboxes', { name, channel: 'open-channel' })
    const config = { endpointUrl: 'http://127.0.0.1:1', secret: `whsec_${'QUJD'.repeat(10)}`, windowHours: 48 }
    await callApi(admin, 'PUT', `/inboxes/${id}/account`, { version: 1, config })
    for (const section of ['connection', 'status', 'limits', 'general', 'conversation', 'closing', 'routing']) {
      await admin.setViewportSize({ width: 1280, height: 860 })
      await goTo(admin, `/settings/inboxes/${id}/${section}`)
      if (section === 'connection') {
        await admin.locator('.st-advanced summary').click()
        await admin.locator('.st-secret button').first().click()
        await admin.getByRole('button', { name: language === 'en' ? 'Discard' : '放弃更改' }).click()
        await admin.getByRole('button', { name: language === 'en' ? 'Check' : '检查', exact: true }).click()
        await expect(admin.locator('.st-finding')).not.toHaveCount(0)
      }
      found.push(...(await hindrances(admin, section)))
      await admin.setViewportSize({ width: 390, height: 844 })
      const wide = await admin.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect({ section, wide }).toEqual({ section, wide: 0 })
    }
    expect(found).toEqual([])
  })
}

test('a lead sees what a channel can do, and nothing of its account', async ({ agent }) => {
  const admin = await agent('shen', callsOnly)
  const { teams } = await callApi<{ teams: { id: string }[] }>(admin, 'GET', '/teams')
  const body = { name: '只看不改', channel: 'wechat', teamIds: teams.map((team) => team.id) }
  const { id } = await callApi<{ id: string }>(admin, 'POST', '/inboxes', body)
  const lead = await agent('lin', { at: `/settings/inboxes/${id}` })
  await expect(lead.getByText('只有管理员可以修改')).toBeVisible()
  await expect(lead.getByRole('row').filter({ hasText: '语音和音频' })).toContainText('最长 1 分钟')
  await expect(lead.getByRole('link', { name: '接入', exact: true })).toHaveCount(0)
  const [guide] = await Promise.all([lead.waitForEvent('popup'), lead.getByRole('link', { name: /接入说明/ }).click()])
  await expect(guide.getByRole('heading', { level: 1 })).toContainText('微信公众号')
})
