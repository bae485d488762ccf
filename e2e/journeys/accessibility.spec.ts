import { hindrances, thorough } from '../setup/axe.ts'
import { said, say, startChat } from '../setup/chat.ts'
import { guestScreens, routingScreens, show, workspaceScreens } from '../setup/screens.ts'
import { callApi, expect, phone, test } from '../setup/test.ts'

// The longest file: both workers take part.
test.describe.configure({ mode: 'parallel' })

const languages = ['zh-CN', 'en'] as const

/** The longest: each in one language, so that both are seen. */
const workspaceIn = thorough ? languages : (['zh-CN'] as const)
const queuesIn = thorough ? languages : (['en'] as const)

for (const language of languages) {
  test(`the way in hinders nobody: ${language}`, async ({ stranger }) => {
    const found: string[] = []
    const guest = await stranger({ locale: language })
    for (const screen of guestScreens) {
      await show(guest, screen)
      found.push(...(await hindrances(guest, screen.name)))
    }
    expect(found).toEqual([])
  })

  test(`the chat hinders nobody: ${language}`, async ({ stranger }) => {
    const found: string[] = []
    const page = await stranger({ ...phone, locale: language })
    const look = async (name: string): Promise<void> => {
      found.push(...(await hindrances(page, name)))
    }
    if (language === 'en') {
      await page.goto('/chat/camellia-en')
      await look('home')
      await page.getByRole('button', { name: 'Start a chat' }).click()
      await look('empty thread')
      await page.getByRole('textbox', { name: 'Write a message' }).fill('Do you wrap gifts?')
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(said(page, 'Do you wrap gifts?')).toContainText(/Sent|Delivered/)
      await page.getByRole('button', { name: 'Emoji' }).click()
    } else {
      await page.goto('/chat/camellia-zh')
      await look('home')
      await page.getByRole('button', { name: '开始咨询' }).click()
      await look('form')
      const begin = await page.locator('.start-form button').last().boundingBox()
      expect(begin?.height).toBeLessThan(64)
      await page.getByRole('button', { name: '返回' }).click()
      await startChat(page, { name: '读屏的人', department: '选茶与定制', text: '你好' })
      await say(page, '有茶礼盒吗')
      await expect(said(page, '有茶礼盒吗')).toContainText(/已发送|已送达/)
      await page.getByRole('button', { name: '更多' }).click()
    }
    await look('thread')
    expect(found).toEqual([])
  })
}

for (const language of workspaceIn) {
  test(`the workspace hinders nobody: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    const webhook = { url: 'https://a.example/hooks', enabled: false }
    await callApi(admin, 'POST', '/webhooks', webhook)
    const screens = await workspaceScreens(admin)
    expect(screens.map(({ name }) => name)).toContain('webhook')
    for (const screen of screens) {
      await show(admin, screen)
      found.push(...(await hindrances(admin, screen.name)))
    }
    expect(found).toEqual([])
  })
}

for (const language of queuesIn) {
  test(`the screens of queues hinder nobody: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    for (const screen of await routingScreens(admin)) {
      await show(admin, screen)
      found.push(...(await hindrances(admin, screen.name)))
    }
    expect(found).toEqual([])
  })
}

test('the playground hinders nobody', async ({ stranger }) => {
  const page = await stranger()
  const found: string[] = []
  const pages = ['', 'sdk.html', 'shop/', 'shop/product.html?sku=pen', 'shop/cart.html']
  // They take turns: each language is seen, and each page.
  const seen = pages.flatMap((one, place) =>
    (thorough ? ['zh', 'en'] : [place % 2 === 0 ? 'en' : 'zh']).map(
      (lang) => `${one}${one.includes('?') ? '&' : '?'}lang=${lang}`,
    ),
  )
  for (const path of seen) {
    await page.goto(`/playground/${path}`)
    found.push(...(await hindrances(page, path, { onlyLight: true })))
  }
  expect(found).toEqual([])
})
