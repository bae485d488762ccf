import type { Locator, Page } from '@playwright/test'
import { answer, answerBox, inThread, openConversation, say, startChat } from '../setup/chat.ts'
import { openOldVersion } from '../setup/old-version.ts'
import { expect, file, test } from '../setup/test.ts'

/** How often the page has come from the server. */
function countLoads(page: Page): () => number {
  let loads = 0
  page.on('domcontentloaded', () => (loads += 1))
  return () => loads
}
/** Also at the server: who opens the conversation next finds no draft. */
async function empty(page: Page, box: Locator): Promise<void> {
  const kept = page.waitForResponse(
    (response) => response.url().endsWith('/draft') && response.request().method() !== 'GET',
  )
  await box.fill('')
  await kept
}
const mainLink = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name })

test('a page that is open during a deployment goes on where the agent wanted to go, with what was typed', async ({
  agent,
}) => {
  const he = await agent('he')
  const deploy = await openOldVersion(he, '/inbox/all')
  const loads = countLoads(he)
  const link = he.getByRole('list', { name: '会话列表' }).getByRole('link').first()
  await link.click()
  const box = he.getByRole('textbox', { name: /^回复/ })
  await box.fill('稍等，我查一下')
  const address = he.url()

  await deploy()
  // Nothing is lost by looking at a link.
  await mainLink(he, '客户').hover()
  await expect(box).toHaveValue('稍等，我查一下')
  await mainLink(he, '客户').click()
  await expect(he.getByRole('heading', { name: '客户', exact: true })).toBeVisible()
  await expect(he).toHaveURL(/\/contacts/)
  expect(loads()).toBe(1)
  await expect(he.locator('script[type=module][src^="/assets/old/"]')).toHaveCount(0)

  await he.goto(address)
  await expect(box).toHaveValue('稍等，我查一下')
  await empty(he, box)
})

test('a part of the screen that is gone brings the new version too', async ({ agent }) => {
  const he = await agent('he')
  const deploy = await openOldVersion(he, '/inbox/all')
  const loads = countLoads(he)
  await he.getByRole('list', { name: '会话列表' }).getByRole('link').first().click()
  const box = he.getByRole('textbox', { name: /^回复/ })
  await box.fill('这就寄出')
  const address = he.url()
  await deploy()
  await he.getByRole('button', { name: '表情', exact: true }).click()
  await expect(he.locator('script[type=module][src^="/assets/old/"]')).toHaveCount(0)
  await expect(box).toHaveValue('这就寄出')
  expect(he.url()).toBe(address)
  expect(loads()).toBe(1)
  await empty(he, box)
})

test('the new version waits for an edit in progress and for files that are not sent yet', async ({
  agent,
  stranger,
}) => {
  const customer = '许听澜'
  const visitor = await stranger()
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: customer, department: '选茶与定制', text: '明前茶到了吗？' })
  const he = await agent('he')
  const deploy = await openOldVersion(he, '/inbox/unassigned')
  await openConversation(he, '待分配', customer)
  await answer(he, customer, '下周到')
  await he.getByRole('main').locator('input[type=file]').setInputFiles(file('invoice.pdf'))
  await expect(he.getByText('已就绪')).toBeVisible()
  await inThread(he, '下周到').hover()
  await inThread(he, '下周到').getByRole('button', { name: '编辑' }).click()
  const box = answerBox(he, customer)
  await box.fill('明天到')
  const loads = countLoads(he)
  await deploy()
  const waits = he.getByText('新版本已就绪', { exact: false })
  await he.getByRole('button', { name: '表情', exact: true }).click()
  await expect(waits).toBeVisible()
  await expect(box).toHaveValue('明天到')
  await he.getByRole('button', { name: '保存修改' }).click()
  await expect(inThread(he, '明天到')).toBeVisible()
  await expect(waits).toBeVisible()
  expect(loads()).toBe(0)
  await he.getByRole('button', { name: '移除 invoice.pdf' }).click()
  await expect(he.locator('script[type=module][src^="/assets/old/"]')).toHaveCount(0)
  await expect(inThread(he, '明天到')).toBeVisible()
  await expect(waits).toHaveCount(0)
  expect(loads()).toBe(1)
})

test('a file that is missing in the new version as well is told, and the page does not reload again and again', async ({
  agent,
}) => {
  const he = await agent('he')
  const deploy = await openOldVersion(he, '/inbox/all')
  await expect(he.getByRole('list', { name: '会话列表' }).getByRole('link').first()).toBeVisible()
  const loads = countLoads(he)
  await he.route(/\/assets\/contacts-page-.*\.js/, (route) => route.fulfill({ status: 404 }))
  await deploy()
  await mainLink(he, '客户').click()
  await expect(he.getByText('未能加载')).toBeVisible()
  expect(loads()).toBe(1)
  await he.getByRole('button', { name: '刷新页面' }).click()
  await expect(he.getByText('未能加载')).toBeVisible()
  expect(loads()).toBe(2)
})

test('without network the page stays and says what is missing', async ({ agent }) => {
  const he = await agent('he', { at: '/inbox/all' })
  const loads = countLoads(he)
  await expect(he.getByRole('list', { name: '会话列表' })).toBeVisible()
  await he.context().setOffline(true)
  await mainLink(he, '客户').click()
  await expect(he.getByText('这部分页面没能下载，请检查网络。', { exact: false })).toBeVisible()
  expect(loads()).toBe(0)
  await he.context().setOffline(false)
  await he.getByRole('button', { name: '刷新页面' }).click()
  await expect(he.getByRole('heading', { name: '客户', exact: true })).toBeVisible()
})

test("a visitor's chat that is open during a deployment goes on in the new version, with what was typed", async ({
  stranger,
}) => {
  const visitor = await stranger()
  const deploy = await openOldVersion(visitor, '/chat/camellia-zh')
  await startChat(visitor, { name: '秦岚', department: '选茶与定制', text: '请问明前茶到了吗？' })
  const loads = countLoads(visitor)
  const box = visitor.getByRole('textbox', { name: '输入消息' })
  await box.fill('我想要两盒')
  await deploy()
  // Soon after it was opened, a page does not reload by itself.
  await visitor.waitForFunction(() => performance.now() > 10_000)
  await visitor.getByRole('button', { name: '表情' }).click()
  await expect(visitor.locator('script[type=module][src*="/assets/old/"]')).toHaveCount(0)
  await expect(box).toHaveValue('我想要两盒')
  expect(loads()).toBe(1)
  await visitor.getByRole('button', { name: '表情' }).click()
  await expect(visitor.getByRole('button', { name: '😀' })).toBeVisible()
  await visitor.keyboard.press('Escape')
  await say(visitor, '我想要两盒')
})
