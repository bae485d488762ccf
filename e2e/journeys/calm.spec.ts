import { answer, openConversation, startChat } from '../setup/chat.ts'
import { expect, test } from '../setup/test.ts'

test('where motion is to be reduced, menus and lists open where they can be reached', async ({ agent, stranger }) => {
  const visitor = await stranger()
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '怕晕的人', department: '选茶与定制', text: '茶漏有货吗' })
  const page = await agent('he', { reducedMotion: 'reduce' })
  await openConversation(page, '待分配', '怕晕的人')
  await answer(page, '怕晕的人', '周一到货')

  await test.step('a menu', async () => {
    await page.getByRole('button', { name: '稍后处理' }).click()
    await page.getByText('1 小时后').click()
    await expect(page.getByText('客户来信时会提前提醒')).toBeVisible()
  })
  await test.step('a window with a list, in which a field takes the focus', async () => {
    await page.getByRole('button', { name: '转接', exact: true }).click()
    await page.getByRole('combobox', { name: /转接给/ }).click()
    await page.getByRole('option', { name: '林晓' }).click()
    await page.getByRole('button', { name: '取消' }).click()
    await expect(page.getByRole('combobox', { name: /转接给/ })).toHaveCount(0)
  })
})
