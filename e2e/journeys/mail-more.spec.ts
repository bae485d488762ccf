import type { Page } from '@playwright/test'
import { startSimulator } from '../../packages/channels/src/email/simulator.ts'
import { hindrances } from '../setup/axe.ts'
import { pickFrom } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, callsOnly, expect, file, test } from '../setup/test.ts'

interface Named {
  id: string
}

async function openMail(admin: Page, name: string) {
  const simulator = await startSimulator({ now: () => new Date() })
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', {
    name,
    channel: 'email',
    teamIds: teams.map(({ id }) => id),
  })
  const account = `/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await callApi<{ version: number; callbackUrl: string }>(admin, 'GET', account)
  await callApi(admin, 'PUT', account, { version, config: simulator.config })
  simulator.pointTo(new URL(new URL(callbackUrl).pathname, admin.url()).href)
  return { simulator, inboxId: inbox.id }
}

const numberIn = async (page: Page): Promise<string> => {
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const { conversation } = await callApi<{ conversation: { number: number } }>(page, 'GET', `/conversations/${id}`)
  return `#${conversation.number}`
}

test('a message becomes a conversation of its own, and two conversations become one', async ({ agent }) => {
  test.slow()
  const shen = await agent('shen')
  const { simulator } = await openMail(shen, '分合邮箱')
  const amelia = simulator.phone('Amelia')
  await amelia.say({ type: 'text', text: '茶壶到货时碎了' })
  await find(shen, '茶壶到货时碎了')
  const first = await numberIn(shen)
  await amelia.say({ type: 'text', text: '另外请寄发票' })
  const letter = shen.getByRole('article').filter({ hasText: '另外请寄发票' })
  await expect(letter).toBeVisible()

  await test.step('split: the new conversation shows the letter and answers it', async () => {
    await letter.getByRole('button', { name: '拆分为单独的会话' }).click()
    const origin = shen.getByRole('region', { name: '拆分出来的消息' })
    await expect(origin).toContainText('另外请寄发票')
    await expect(shen.getByText(`从 ${first} 拆分出本会话`)).toBeVisible()
    expect(await hindrances(shen, 'split conversation', { within: '.q-thread' })).toEqual([])
    await origin.getByRole('button', { name: '回复此邮件' }).click()
    const words = shen.getByRole('textbox', { name: '邮件正文' })
    await expect(words).toBeFocused()
    await expect(shen.getByRole('list', { name: '收件人' })).toContainText('Amelia')
    await shen.keyboard.type('发票明天寄出')
    await words.press('Control+Enter')
    await shen.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => amelia.screen.at(-1)?.text).toContain('发票明天寄出')
    await amelia.say({ type: 'text', text: '发票收到了' })
    await expect(shen.getByRole('article').filter({ hasText: '发票收到了' })).toBeVisible()
  })

  const second = await numberIn(shen)
  await test.step('merge by keys, with a search; the old one leads there and can go on by itself again', async () => {
    await shen.locator('.q-thread-scroll').focus()
    await shen.keyboard.press('Shift+M')
    const dialog = shen.getByRole('dialog', { name: `将 ${second} 并入另一会话` })
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    expect(await hindrances(shen, 'merge dialog', { within: '.ant-modal' })).toEqual([])
    await shen.keyboard.type(first)
    await expect(dialog.getByRole('listitem')).toContainText([first])
    await shen.keyboard.press('ArrowDown')
    await shen.keyboard.press('Enter')
    await expect(shen.getByText(`将 ${second} 并入本会话`)).toBeVisible()
    await expect.poll(() => numberIn(shen)).toBe(first)

    await amelia.say({ type: 'text', text: '两件事都好了' })
    await expect(shen.getByRole('article').filter({ hasText: '两件事都好了' })).toBeVisible()
    await shen
      .getByRole('button', { name: `打开 ${second}` })
      .last()
      .click()
    await expect(shen.getByText('本会话已并入另一会话')).toBeVisible()
    await expect(shen.getByRole('button', { name: '重新打开' })).toHaveCount(0)
    expect(await hindrances(shen, 'merged conversation', { within: '.q-thread' })).toEqual([])
    await shen.getByRole('button', { name: '撤销合并' }).click()
    await expect(shen.getByText(`撤销了并入 ${first}`)).toBeVisible()
    await expect(shen.getByText('本会话已并入另一会话')).toHaveCount(0)
  })
  await simulator.stop()
})

test('a mail goes to anybody, with the agent’s own signature and a file, and begins a conversation', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator } = await openMail(shen, '外发邮箱')
  const stranger = simulator.phone('stranger')

  await test.step('an own signature is written among the own settings', async () => {
    await shen.goto('/settings/profile')
    await shen.getByRole('textbox', { name: '自己的签名' }).fill('{agent} · 直线 8888')
    await shen.getByRole('button', { name: '保存签名' }).click()
    await expect(shen.getByRole('button', { name: '保存签名' })).toBeDisabled()
    expect(await hindrances(shen, 'own signature')).toEqual([])
  })

  await test.step('written by a key, sent by a key', async () => {
    await shen.goto('/inbox/all')
    await expect(shen.getByRole('button', { name: '写新邮件' })).toBeVisible()
    await shen.keyboard.press('Shift+N')
    const dialog = shen.getByRole('dialog', { name: '写新邮件' })
    await expect(dialog.getByRole('combobox', { name: '收件人' })).toBeFocused()
    await pickFrom(dialog.getByRole('combobox', { name: '发自' }), '外发邮箱')
    await dialog.getByRole('combobox', { name: '收件人' }).fill(stranger.address)
    await dialog.getByRole('combobox', { name: '收件人' }).press('Enter')
    await dialog.getByRole('textbox', { name: '主题' }).fill('您订的茶到了')
    await dialog.getByRole('textbox', { name: '邮件正文' }).fill('周五可以来取')
    await dialog.locator('input[type=file]').last().setInputFiles(file('invoice.pdf'))
    await expect(dialog.getByRole('list', { name: '附件' })).toContainText('invoice.pdf')
    expect(await hindrances(shen, 'new mail', { within: '.ant-modal' })).toEqual([])
    await dialog.getByRole('textbox', { name: '邮件正文' }).press('Control+Enter')
    await expect(dialog).toHaveCount(0)
    const waiting = shen.getByRole('list', { name: '尚未发出的新邮件' })
    await waiting.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => stranger.screen.length).toBe(1)
    await waiting.getByRole('button', { name: '打开会话' }).click()
    await expect(shen.getByRole('heading', { name: /您订的茶到了/ })).toBeVisible()
    expect(stranger.screen[0]?.media?.name).toBe('invoice.pdf')
  })

  await test.step('the answer comes back to it', async () => {
    await stranger.say({ type: 'text', text: '好的，周五见' })
    await expect(shen.getByRole('article').filter({ hasText: '好的，周五见' })).toBeVisible()
  })

  await test.step('who takes part stands beside it', async () => {
    const people = shen.getByRole('list', { name: '邮件参与者' })
    await expect(people.getByRole('listitem')).toHaveCount(1)
    await expect(people).toContainText(stranger.address)
    expect(await hindrances(shen, 'who takes part', { within: '.q-inbox' })).toEqual([])
  })
  await simulator.stop()
})
