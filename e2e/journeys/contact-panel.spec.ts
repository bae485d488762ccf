import { openConversation, startChat } from '../setup/chat.ts'
import { expect, test } from '../setup/test.ts'

test('an agent notes what is known of a customer, and orders the panel as is handy', async ({ agent, stranger }) => {
  const visitor = await stranger()
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '叶小满', department: '物流与退换', text: '我的会员等级对吗？' })
  const page = await agent('he')
  await openConversation(page, '待分配', '叶小满')
  const panel = page.getByRole('complementary', { name: '客户资料' })
  const titles = panel.getByRole('heading', { level: 3 })
  await panel.getByRole('button', { name: '添加属性' }).click()
  await panel.getByRole('textbox', { name: '属性名' }).fill('会员等级')
  await panel.getByRole('textbox', { name: '属性值' }).fill('金卡')
  await panel.getByRole('textbox', { name: '属性值' }).press('Enter')
  await panel.getByRole('button', { name: '修改会员等级: 金卡' }).click()
  await panel.getByRole('textbox', { name: '会员等级' }).fill('黑卡')
  await panel.getByRole('textbox', { name: '会员等级' }).press('Enter')
  await expect(panel.getByRole('button', { name: '修改会员等级: 黑卡' })).toBeVisible()

  const move = async (way: string, second: string): Promise<void> => {
    await panel.getByRole('button', { name: '调整「自定义属性」的位置' }).click()
    await page.getByRole('menuitem', { name: way }).click()
    await expect(titles.nth(1)).toHaveText(second)
  }
  await expect(titles.first()).toHaveText('基本信息')
  await move('上移', '自定义属性')
  await move('上移', '基本信息')
  await expect(titles.first()).toHaveText('自定义属性')
  await page.reload()
  await expect(titles.first()).toHaveText('自定义属性')
  await expect(panel.getByRole('button', { name: '修改会员等级: 黑卡' })).toBeVisible()
  await panel.getByRole('button', { name: '移除会员等级' }).click()
  await expect(panel.getByText('还没有属性')).toBeVisible()
  await move('下移', '自定义属性')
  await expect(titles.first()).toHaveText('基本信息')
})
