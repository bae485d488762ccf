import type { Locator, Page } from '@playwright/test'
import type { Queue } from '@qiao/protocol'
import { hindrances } from '../setup/axe.ts'
import { inThread, said } from '../setup/chat.ts'
import { fits, openLeaving } from '../setup/leave-message.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { pick, pickFrom } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, callsOnly, expect, file, phone, test } from '../setup/test.ts'

const name = { name: 'name', label: '怎么称呼您', type: 'text', required: true } as const
const email = { name: 'email', label: '邮箱', type: 'email', required: false } as const
const form = (chat: Page, label = '留言'): Locator => chat.getByRole('form', { name: label })
const letters = (page: Page): Locator => page.getByRole('textbox', { name: '邮件正文' })

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('.st-save')).toHaveCount(0)
}

test('a message left on a phone is answered by mail, and the answer to that comes back to it', async ({
  agent,
  stranger,
}) => {
  test.slow()
  const shen = await agent('shen', { viewport: { width: 1440, height: 1000 } })
  const { simulator } = await openMail(shen, '售后邮箱')
  const customer = simulator.phone('Fang')
  const inbox = await openLeaving(shen, { fields: [name, email] })

  await test.step('an administrator says what it can be about, and from where it is answered', async () => {
    await shen.goto(`/settings/inboxes/${inbox.id}/offline`)
    await shen.getByRole('button', { name: '添加主题' }).click()
    await shen.getByLabel('第 1 个主题的名称').fill('发票')
    await shen.getByLabel('第 1 个主题的代码').fill('invoice')
    await shen.getByRole('button', { name: '添加主题' }).click()
    await shen.getByLabel('第 2 个主题的名称').fill('退换货')
    await shen.getByLabel('第 2 个主题的代码').fill('invoice')
    // A code that is in use twice names nothing.
    await expect(shen.getByText('有填写不正确的地方：工作时间外')).toBeVisible()
    await shen.getByLabel('第 2 个主题的代码').fill('return')
    const from = shen.getByRole('combobox', { name: '邮件由此发出' })
    await pickFrom(from, '售后邮箱')
    // The picture beside it is the form itself.
    const preview = shen.frameLocator('iframe[title="聊天窗口预览"]')
    await expect(preview.getByLabel('主题').getByRole('option')).toHaveText(['请选择', '发票', '退换货'])
    await expect(preview.getByRole('radio', { name: '电子邮件' })).toBeVisible()
    await shen.getByRole('button', { name: '添加语言' }).click()
    await shen.getByRole('textbox', { name: '语言代码' }).fill('zh-CN')
    await shen.getByRole('textbox', { name: /^回执内容/ }).fill('{company}收到 {number} 号留言，{expected}')
    await shen.getByRole('textbox', { name: /^预计回复时间/ }).fill('当天回复')
    const shown = shen.getByRole('status')
    await expect(shown.filter({ hasText: '1024 号留言，当天回复' })).toBeVisible()
    await shen.getByRole('textbox', { name: '预览：客户的语言' }).fill('fr-CA')
    await expect(shown.filter({ hasText: 'Merci, nous avons bien reçu votre message' })).toBeVisible()
    expect(await hindrances(shen, 'settings of messages', { within: '.st-main, .q-page' })).toEqual([])
    await save(shen)
  })

  const visitor = await stranger(phone)
  await test.step('the form asks for what it needs, and where the answer is wanted', async () => {
    await visitor.goto(`/chat/${inbox.key}`)
    await visitor.getByRole('button', { name: '留言' }).click()
    await form(visitor).getByLabel('主题').selectOption({ label: '发票' })
    await form(visitor).locator('input[type=file]').setInputFiles(file('cup.jpg'))
    await expect(form(visitor).getByRole('button', { name: '删除: cup.jpg' })).toBeVisible()
    await form(visitor).getByLabel('怎么称呼您').fill('方女士')
    await form(visitor).getByLabel('邮箱', { exact: true }).fill('fang@customers.example')
    await form(visitor).getByRole('radio', { name: '电子邮件' }).check()
    await expect(form(visitor).getByLabel('您的邮箱地址')).toHaveValue('fang@customers.example')
    await form(visitor).getByRole('button', { name: '留言' }).click()
    await expect(form(visitor).getByLabel('请描述您的问题')).toBeFocused()
    await fits(visitor)
    expect(await hindrances(visitor, 'leave form')).toEqual([])
    await form(visitor).getByLabel('请描述您的问题').fill('发票抬头写错了，请重开')
    await form(visitor).getByRole('button', { name: '留言' }).click()
  })

  await test.step('it stands in the thread as one, and that it has arrived is said with a number', async () => {
    const left = said(visitor, '发票抬头写错了')
    await expect(left).toContainText('已发送')
    await expect(left).toContainText('发票')
    await expect(left).toContainText('方女士')
    await expect(left).toContainText('fang@customers.example')
    await expect(left.getByRole('img', { name: 'cup.jpg' })).toBeVisible()
    await expect(visitor.getByRole('listitem').filter({ hasText: /收到 \d+ 号留言，当天回复/ })).toBeVisible()
    await fits(visitor)
    expect(await hindrances(visitor, 'left message')).toEqual([])
    await visitor.reload()
    await expect(said(visitor, '发票抬头写错了').getByRole('img', { name: 'cup.jpg' })).toBeVisible()
  })

  await test.step('an agent reads it at a glance and answers where it is wanted', async () => {
    await shen.goto('/inbox/all')
    await expect(
      shen.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: '[留言] 发票' }),
    ).toBeVisible()
    await find(shen, '发票抬头写错了')
    const left = inThread(shen, '发票抬头写错了')
    await expect(left).toContainText('希望通过邮件回复：')
    await expect(left.getByRole('button', { name: /cup\.jpg/ })).toBeVisible()
    await expect(shen.getByText('客户希望通过“售后邮箱”得到回复：fang@customers.example')).toBeVisible()
    expect(await hindrances(shen, 'left message of an agent', { within: '.q-inbox' })).toEqual([])
    await shen.keyboard.press('r')
    await expect(shen.getByRole('list', { name: '收件人' })).toContainText('fang@customers.example')
    await letters(shen).fill('新发票已开好，请查收')
    await letters(shen).press('Control+Enter')
    await shen.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => customer.screen.map(({ text }) => text).join()).toContain('新发票已开好')
  })

  await test.step('the customer answers the mail, and it comes to the same conversation', async () => {
    const address = shen.url()
    await customer.say({ type: 'text', text: '收到，谢谢你们' })
    await expect(inThread(shen, '收到，谢谢你们')).toBeVisible()
    expect(shen.url()).toBe(address)
    await expect(inThread(shen, '发票抬头写错了')).toBeVisible()
    // Whoever sits at that browser has not proven that the address is theirs.
    await visitor.reload()
    await expect(said(visitor, '发票抬头写错了')).toBeVisible()
    await expect(visitor.getByText('已按您选择的方式回复')).toBeVisible()
    await expect(visitor.getByText('收到，谢谢你们')).toHaveCount(0)
    await expect(visitor.getByText('新发票已开好')).toHaveCount(0)
  })
  await simulator.stop()
})

test('what is left without a network is kept, and sent once', async ({ agent, stranger }) => {
  const shen = await agent('shen')
  const inbox = await openLeaving(shen, {}, { defaultLocale: 'en' })
  const visitor = await stranger({ locale: 'en-GB' })
  await visitor.goto(`/chat/${inbox.key}`)
  await visitor.getByRole('button', { name: 'Leave a message' }).press('Enter')
  const leave = form(visitor, 'Leave a message')
  // On a computer, by the keyboard alone.
  await expect(leave.getByLabel('How can we help?')).toBeFocused()
  await visitor.keyboard.type('The lid of my pot is broken')
  expect(await hindrances(visitor, 'leave form in English')).toEqual([])
  // Where there is nothing to choose nothing is asked.
  await expect(leave.getByRole('radio')).toHaveCount(0)
  await expect(leave.getByLabel('Topic')).toHaveCount(0)

  let dark = true
  let passed = 0
  await visitor.route('**/offline-messages', (route) => {
    if (dark) return route.abort('internetdisconnected')
    passed += 1
    return route.continue()
  })
  await leave.getByRole('button', { name: 'Leave a message' }).press('Enter')
  await expect(said(visitor, 'The lid of my pot is broken')).toContainText('Waiting for the network')
  dark = false
  await visitor.reload()
  await expect.poll(() => passed).toBeGreaterThan(0)
  await visitor.reload()
  await expect(said(visitor, 'The lid of my pot is broken')).toContainText('Sent')
  const list = await callApi<{ items: { conversation: { lastMessage: { preview: string } | null } }[] }>(
    shen,
    'GET',
    `/conversations?view=all&inboxId=${inbox.id}`,
  )
  expect(list.items.filter(({ conversation }) => conversation.lastMessage?.preview.includes('lid'))).toHaveLength(1)
})

test('while it is open a message can be left too, where the inbox takes them always', async ({ agent, stranger }) => {
  const shen = await agent('shen', callsOnly)
  const inbox = await openLeaving(shen, { always: true, mode: 'chat' })
  const visitor = await stranger(phone)
  await visitor.goto(`/chat/${inbox.key}`)
  await expect(visitor.getByRole('button', { name: '开始咨询' })).toBeVisible()
  await visitor.getByRole('button', { name: '留言' }).click()
  await form(visitor).getByLabel('请描述您的问题').fill('不着急，有空回我')
  // Who turns back finds the words again.
  await visitor.getByRole('button', { name: '返回' }).click()
  await visitor.getByRole('button', { name: '留言' }).click()
  await expect(form(visitor).getByLabel('请描述您的问题')).toHaveValue('不着急，有空回我')
  await form(visitor).getByRole('button', { name: '留言' }).click()
  await expect(said(visitor, '不着急，有空回我')).toContainText('已发送')
})

test('a queue says which topics and which words come first', async ({ agent }) => {
  const shen = await agent('shen', { viewport: { width: 1280, height: 1000 } })
  const { id } = await callApi<Queue>(shen, 'POST', '/queues', { name: '留言处理' })
  const topics = [
    { key: 'complaint', label: '投诉' },
    { key: 'invoice', label: '发票' },
  ]
  await openLeaving(shen, { topics }, { routing: { queueId: id, departments: [] } })
  await shen.goto(`/settings/queues/${id}/order`)
  await shen.getByRole('button', { name: '添加主题' }).click()
  const topic = shen.getByRole('combobox', { name: '第 1 个主题' })
  await expect(topic).toHaveValue('complaint')
  await topic.fill('')
  await topic.press('ArrowDown')
  await pick(shen, '发票 · invoice')
  await expect(topic).toHaveValue('invoice')
  await topic.fill('Not a code')
  await expect(shen.getByText(/有填写不正确的地方/)).toBeVisible()
  await topic.fill('complaint')
  await shen.getByLabel('第 1 个主题的分数').fill('300')
  await shen.getByRole('button', { name: '添加字词' }).click()
  const words = shen.getByRole('combobox', { name: '第 1 组字词' })
  await words.fill('漏水，着火、冒烟')
  await words.press('Enter')
  await shen.getByLabel('第 1 组字词的分数').fill('500')
  expect(await hindrances(shen, 'priority of topics and words')).toEqual([])
  await save(shen)
  const { queues } = await callApi<{ queues: Queue[] }>(shen, 'GET', '/routing/settings')
  const saved = queues.find((queue) => queue.id === id)?.settings
  expect(saved?.topicPriorities).toEqual([{ topic: 'complaint', points: 300 }])
  expect(saved?.wordPriorities).toEqual([{ words: ['漏水', '着火', '冒烟'], points: 500 }])
  await callApi(shen, 'DELETE', `/queues/${id}`)
})
