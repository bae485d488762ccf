import type { Locator, Page } from '@playwright/test'
import { answer, answerBox, attach, inThread, openConversation, said, say, sendFile, startChat } from '../setup/chat.ts'
import { expect, file, phone, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const customer = '顾一舟'
const files = ['cup.jpg', 'clip.mov', 'voice.amr', 'invoice.pdf']
const tomorrowMs = 26 * 3_600_000

/** A browser that can play it has read its length. */
async function plays(media: Locator): Promise<void> {
  await expect(media).toBeVisible({ timeout: 30_000 })
  const seconds = () =>
    media.evaluate((element: HTMLMediaElement) => {
      if (element.readyState === 0 && element.networkState !== 2) element.load()
      return element.duration
    })
  await media.evaluate((element: HTMLMediaElement) => {
    element.preload = 'metadata'
  })
  await expect.poll(seconds).toBeGreaterThan(1)
}

/** The address of what a link or picture shows answers with bytes. */
async function arrives(page: Page, url: string | null): Promise<void> {
  const response = await page.request.get(url ?? '')
  expect(response.ok()).toBe(true)
  expect((await response.body()).length).toBeGreaterThan(100)
}

test('a visitor on a phone and two agents, from the first word to the next day', async ({ agent, stranger, qiao }) => {
  test.setTimeout(400_000)
  const visitor = await stranger(phone)
  const support = await agent('he')
  const lead = await agent('lin')

  await test.step('the visitor fills the form and waits', async () => {
    await visitor.goto('/chat/camellia-zh')
    await startChat(visitor, { name: customer, department: '物流与退换', text: '盖碗收到就是裂的' })
    await expect(said(visitor, '盖碗收到就是裂的')).toContainText(/已发送|已送达/)
  })

  await test.step('an agent answers', async () => {
    await openConversation(support, '待分配', customer)
    await expect(inThread(support, '盖碗收到就是裂的')).toBeVisible()
    await answer(support, customer, '您好，我是嘉树，马上为您处理')
    await expect(said(visitor, '您好，我是嘉树，马上为您处理')).toBeVisible()
    await expect(visitor.getByRole('heading', { name: '嘉树' })).toBeVisible()
    await expect(inThread(support, '马上为您处理')).toContainText('已读')
  })

  await test.step('each sees the other type', async () => {
    await answerBox(support, customer).pressSequentially('请发')
    await expect(visitor.getByRole('status', { name: '嘉树正在输入' })).toBeVisible()
    await answerBox(support, customer).fill('')
    await visitor.getByRole('textbox', { name: '输入消息' }).pressSequentially('我拍给你看')
    await expect(support.getByText(`${customer}正在输入`)).toBeVisible()
    await visitor.getByRole('button', { name: '发送', exact: true }).click()
    await expect(inThread(support, '我拍给你看')).toBeVisible()
  })

  await test.step('the visitor sends a picture, a film, a voice note and a document', async () => {
    for (const name of files) await sendFile(visitor, file(name))
    await expect(support.getByRole('button', { name: '查看大图 cup.jpg' }).getByRole('img')).toBeVisible()
    await plays(support.locator('video[aria-label="clip.mov"]'))
    await plays(support.locator('audio[aria-label="voice.amr"]'))
    await arrives(support, await support.getByRole('link', { name: '下载 invoice.pdf' }).getAttribute('href'))
  })

  await test.step('the agent sends the same back', async () => {
    await attach(
      support,
      files.map((name) => file(name)),
    )
    const answers = visitor.getByRole('listitem').filter({ hasNot: visitor.getByText('我', { exact: true }) })
    await expect(answers.getByRole('img', { name: 'cup.jpg' }).last()).toBeVisible()
    await expect(visitor.locator('video')).toHaveCount(2, { timeout: 30_000 })
    await expect(visitor.locator('audio')).toHaveCount(2, { timeout: 30_000 })
    await plays(visitor.locator('video').last())
    await plays(visitor.locator('audio').last())
    // Pictures and films that load later push nothing out of sight.
    const newest = visitor.getByRole('link', { name: /invoice\.pdf/ }).last()
    await expect(newest).toBeInViewport({ ratio: 1 })
    await arrives(visitor, await newest.getAttribute('href'))
  })

  await test.step('a note stays with the colleagues', async () => {
    await support.getByRole('radiogroup', { name: '回复或备注' }).getByText('备注').click()
    await support.getByRole('textbox', { name: /写给同事的备注/ }).fill('库存只剩一只，先别承诺颜色')
    await support.getByRole('button', { name: '添加备注' }).click()
    await expect(inThread(support, '先别承诺颜色')).toContainText('客户不可见')
    await support.getByRole('radiogroup', { name: '回复或备注' }).getByText('回复').click()
    await answer(support, customer, '请稍等，我请班长来处理')
    await expect(said(visitor, '我请班长来处理')).toBeVisible()
    await expect(visitor.getByText('先别承诺颜色')).toHaveCount(0)
    await visitor.reload()
    await expect(said(visitor, '我请班长来处理')).toBeVisible()
    await expect(visitor.getByText('先别承诺颜色')).toHaveCount(0)
  })

  await test.step('the conversation is handed to the lead', async () => {
    await support.getByRole('button', { name: '转接', exact: true }).click()
    await support.getByRole('combobox', { name: /转接给/ }).click()
    await support.getByTitle('林晓').click()
    await support.getByRole('textbox', { name: /给接手人的说明/ }).fill('裂了一只，客户在等补发')
    await support
      .locator('form')
      .getByRole('button', { name: /转\s*接/ })
      .click()
    await openConversation(lead, '我的', customer)
    await expect(lead.getByText('裂了一只，客户在等补发')).toBeVisible()
    await answer(lead, customer, '我是林晓，明天给您补发一只')
    await expect(said(visitor, '明天给您补发一只')).toBeVisible()
    await expect(visitor.getByText(/客服 林晓.*为您服务/)).toBeVisible()
    await expect(visitor.getByText('裂了一只，客户在等补发')).toHaveCount(0)
  })

  await test.step('it is closed, and the visitor rates it', async () => {
    await lead.getByRole('button', { name: '结束会话' }).click()
    const four = visitor.getByRole('button', { name: '4 分（满分 5 分）' })
    await expect(four).toBeInViewport({ ratio: 1 })
    await four.click()
    await visitor.getByRole('textbox', { name: '还有什么想说的？（选填）' }).fill('处理得很快')
    await visitor.getByRole('button', { name: '发送', exact: true }).first().click()
    await expect(visitor.getByText('感谢您的评价。')).toBeVisible()
    // Closing moves on to the next one in hand.
    await lead.goto('/inbox/closed')
    await lead.getByRole('link', { name: new RegExp(customer) }).click()
    await expect(lead.getByText('客户评价：4 星（满分 5 星），「处理得很快」')).toBeVisible()
  })

  await test.step('a message of the next day begins a new conversation, with the history above', async () => {
    await qiao.putForward(tomorrowMs)
    await say(visitor, '补发的今天能到吗')
    await openConversation(support, '待分配', customer)
    const thread = support.getByRole('main')
    await expect(inThread(support, '补发的今天能到吗')).toBeVisible()
    await expect(thread.getByText('明天给您补发一只')).toBeVisible()
    // The list draws what is near: the heading between the two days, not the one far above.
    await expect(thread.getByRole('heading', { name: /会话 #\d+/ }).last()).toBeVisible()
    await answer(support, customer, '今天下午送到')
    await expect(said(visitor, '今天下午送到')).toBeVisible()
    await qiao.putForward(0)
  })
})
