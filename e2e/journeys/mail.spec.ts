import { demoPassword } from '../../apps/server/src/demo/company.ts'
import { answer, openConversation, said, startChat } from '../setup/chat.ts'
import { emailOf, expect, phone, test } from '../setup/test.ts'

const newPassword = 'a new sentence of mine'

test('a forgotten password is renewed by the link in the mail, which works once', async ({ stranger, mails }) => {
  const page = await stranger({ locale: 'zh-CN' })
  await page.goto('/sign-in')
  await page.getByRole('link', { name: '忘记密码？' }).click()
  // The page that is left has a field of the same name.
  await expect(page.getByRole('heading', { name: '重置密码' })).toBeVisible()
  await page.getByLabel('邮箱').fill(emailOf('emma'))
  await page.getByRole('button', { name: '发送链接' }).click()
  await expect(page.getByRole('heading', { name: '请查收邮件' })).toBeVisible()
  const mail = await mails.next(emailOf('emma'))
  const [link = ''] = /https?:\/\/\S+/.exec(mail.text) ?? []

  await page.goto(link)
  await page.getByLabel('新密码').fill(newPassword)
  await page.getByLabel('再输一次').fill('another sentence of mine')
  await page.getByRole('button', { name: '保存新密码' }).click()
  await expect(page.getByText('两次输入的密码不一样。')).toBeVisible()
  await page.getByLabel('再输一次').fill(newPassword)
  await page.getByRole('button', { name: '保存新密码' }).click()
  await expect(page.getByRole('heading', { name: '密码已更新' })).toBeVisible()
  await page.getByRole('link', { name: '去登录' }).click()
  await page.getByLabel('邮箱').fill(emailOf('emma'))
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await expect(page.getByRole('alert')).toContainText('邮箱或密码不对')
  await page.getByLabel('密码', { exact: true }).fill(newPassword)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await expect(page).toHaveURL(/\/inbox/)

  const second = await stranger()
  await second.goto(link)
  await second.getByLabel('新密码').fill(newPassword)
  await second.getByLabel('再输一次').fill(newPassword)
  await second.getByRole('button', { name: '保存新密码' }).click()
  await expect(second.getByRole('heading', { name: '链接已失效' })).toBeVisible()
})

test('a visitor has the transcript mailed', async ({ agent, stranger, mails }) => {
  const visitor = await stranger(phone)
  await visitor.goto('/chat/camellia-zh')
  await startChat(visitor, { name: '宋知白', department: '物流与退换', text: '发票能补开吗？' })
  const support = await agent('he')
  await openConversation(support, '待分配', '宋知白')
  await answer(support, '宋知白', '可以，今天开好发给您')
  await expect(said(visitor, '今天开好发给您')).toBeVisible()

  await visitor.getByRole('button', { name: '更多' }).click()
  await visitor.getByRole('button', { name: '将聊天记录发送到邮箱' }).click()
  await visitor.getByRole('textbox', { name: '邮箱' }).fill('song@example.com')
  await visitor.getByRole('dialog').getByRole('button', { name: '发送' }).click()
  await expect(visitor.getByText('聊天记录已在发送途中。')).toBeVisible()
  const mail = await mails.next('song@example.com')
  expect(mail.subject).toContain('山茶集')
  expect(mail.text).toContain('发票能补开吗？')
  expect(mail.text).toContain('可以，今天开好发给您')
})
