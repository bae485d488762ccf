import { readFile } from 'node:fs/promises'
import { answer, inThread, openConversation, said, say, sendFile, startChat } from '../setup/chat.ts'
import { richMessages, sendAll } from '../setup/rich-messages.ts'
import { callApi, expect, file, phone, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a visitor celebrates, quotes, speaks, changes their mind, and takes the transcript along', async ({
  agent,
  stranger,
}) => {
  const visitor = await stranger({ ...phone, acceptDownloads: true })
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '江流', department: '选茶与定制', text: '今天生日，想要一套茶具' })
  const sales = await agent('zhou')
  await openConversation(sales, '待分配', '江流')
  await answer(sales, '江流', '生日快乐，刻字要吗')

  await test.step('an emoji that the inbox names rains, for those who like motion', async () => {
    await visitor.getByRole('button', { name: '表情' }).click()
    await visitor.getByRole('button', { name: '🎉' }).click()
    await visitor.getByRole('button', { name: '表情' }).click()
    await visitor.getByRole('button', { name: '发送', exact: true }).click()
    await expect(visitor.locator('.rain')).toBeVisible()
    await expect(visitor.locator('.rain')).toHaveCount(0)
    await visitor.emulateMedia({ reducedMotion: 'reduce' })
    await say(visitor, '谢谢🎉')
    await expect(inThread(sales, '谢谢🎉')).toBeVisible()
    await expect(visitor.locator('.rain')).toHaveCount(0)
  })

  await test.step('a tap on a message offers to quote it', async () => {
    await said(visitor, '刻字要吗').locator('.bubble').tap()
    await said(visitor, '刻字要吗').getByRole('button', { name: '回复予安' }).tap()
    await say(visitor, '要，刻「江」')
    await expect(inThread(sales, '要，刻「江」').getByRole('button', { name: /周予安.*刻字要吗/ })).toBeVisible()
  })

  await test.step('the agent reads what is being written', async () => {
    await visitor.getByRole('textbox', { name: '输入消息' }).pressSequentially('或者刻「流」')
    await expect(sales.getByText('或者刻「流」')).toBeVisible()
    await visitor.getByRole('textbox', { name: '输入消息' }).fill('')
    await expect(sales.getByText('或者刻「流」')).toHaveCount(0)
  })

  await test.step('a voice note is recorded in the browser', async () => {
    await visitor.getByRole('button', { name: '录制语音' }).tap()
    await expect(visitor.getByRole('timer')).toContainText('0:01')
    await visitor.getByRole('button', { name: '发送', exact: true }).tap()
    await expect(sales.locator('audio[aria-label^="voice-note"]')).toBeVisible()
    await visitor.getByRole('button', { name: '录制语音' }).tap()
    await visitor.getByRole('button', { name: '取消' }).tap()
    await expect(visitor.getByRole('textbox', { name: '输入消息' })).toBeVisible()
  })

  await test.step('an upload shows how far it has got and can be called off', async () => {
    await visitor.route('**/attachments/*', () => new Promise(() => undefined))
    await sendFile(visitor, file('clip.mov'))
    await expect(visitor.getByRole('progressbar', { name: 'clip.mov' })).toBeVisible()
    await visitor.getByRole('button', { name: '取消' }).click()
    await expect(visitor.getByRole('progressbar')).toHaveCount(0)
    await visitor.unroute('**/attachments/*')
  })

  await test.step('the visitor takes the transcript and ends the chat', async () => {
    await visitor.getByRole('button', { name: '更多' }).click()
    const [download] = await Promise.all([
      visitor.waitForEvent('download'),
      visitor.getByRole('button', { name: '下载聊天记录' }).click(),
    ])
    expect(await readFile(await download.path(), 'utf8')).toContain('要，刻「江」')
    await visitor.getByRole('button', { name: '更多' }).click()
    await visitor.getByRole('button', { name: '结束会话' }).click()
    await visitor.getByRole('button', { name: '结束会话' }).click()
    await expect(visitor.getByText('会话已结束').last()).toBeVisible()
    await expect(visitor.getByText('请为本次服务打分')).toBeVisible()
    await expect(sales.getByText('客户结束了会话')).toBeVisible()
  })
})

test('cards, menus and forms are shown to the visitor, and the answers to the agent', async ({ agent, stranger }) => {
  const visitor = await stranger({ ...phone, locale: 'en' })
  await visitor.goto('/chat/camellia-en')
  await visitor.getByRole('button', { name: 'Start a chat' }).click()
  await visitor.getByRole('textbox', { name: 'Write a message' }).fill('A gift for my aunt')
  await visitor.getByRole('button', { name: 'Send', exact: true }).click()
  const emma = await agent('emma', { locale: 'en', at: '/inbox/unassigned' })
  await emma.getByRole('link', { name: /A gift for my aunt/ }).click()
  await expect(inThread(emma, 'A gift for my aunt')).toBeVisible()
  const path = await sendAll(emma, richMessages)
  await expect(visitor.getByRole('link', { name: 'See them' })).toHaveAttribute('rel', /noopener/)
  for (const text of ['Bamboo pen', '$49.00', 'CM-1', 'White tea × 2', 'How to brew', 'Our counter']) {
    await expect(visitor.getByText(text)).toBeVisible()
  }
  await visitor.getByRole('button', { name: 'Green' }).click()
  await expect(visitor.getByRole('button', { name: 'White' })).toBeDisabled()
  await visitor.getByRole('button', { name: 'Yes, please' }).click()
  await expect(visitor.getByRole('button', { name: 'Yes, please' })).toHaveCount(0)
  const form = said(visitor, 'Where to?')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(form.getByRole('alert')).toContainText('Please fill this in.')
  await form.getByLabel('Street').fill('12 Mill Lane')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(visitor.getByText('12 Mill Lane')).toBeVisible()
  for (const text of ['Green', 'Yes, please', '12 Mill Lane']) await expect(inThread(emma, text)).toBeVisible()

  await callApi(emma, 'POST', `${path}/close`, { clientKey: 'close-the-rich-one' })
  await visitor.getByRole('button', { name: '5 of 5' }).click()
  await expect(visitor.getByText('Thank you for your rating.')).toBeVisible()
  await expect(emma.getByText(/rated|rating/i).last()).toBeVisible()
})

const languages = { 'zh-CN': 0, 'zh-TW': 0, en: 0, ja: 0, ko: 0, es: 0, fr: 0, de: 0, 'pt-BR': 0, ru: 0, ar: 1, vi: 0 }

test('the chat is usable in every language at 200 % zoom on a small phone', async ({ stranger }) => {
  const page = await stranger({ ...phone, viewport: { width: 195, height: 422 } })
  for (const [language, rightToLeft] of Object.entries(languages)) {
    await page.goto(`/chat/camellia-en?lang=${language}`)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.locator('html')).toHaveAttribute('dir', rightToLeft ? 'rtl' : 'ltr')
    await page.locator('button.start').tap()
    await expect(page.locator('.composer textarea')).toBeInViewport()
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(beyond, language).toBeLessThanOrEqual(0)
  }
})
