import { demoPassword } from '../../apps/server/src/demo/company.ts'
import { startQiao } from '../setup/qiao-server.ts'
import { emailOf, expect, test } from '../setup/test.ts'
import { totp } from '../setup/totp.ts'

test('a wrong password is explained, the right one opens the inbox', async ({ stranger }) => {
  const page = await stranger()
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('邮箱').fill(emailOf('zhou'))
  await page.getByLabel('密码', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await expect(page.getByRole('alert')).toContainText('邮箱或密码不对')
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await expect(page).toHaveURL(/\/inbox/)
  await expect(page.getByRole('navigation', { name: '会话视图' })).toBeVisible()
})

test('with two-step verification the password alone is not enough', async ({ agent, stranger }) => {
  const settings = await agent('he', { at: '/settings/profile' })
  await settings.getByRole('button', { name: '开启两步验证' }).click()
  const panel = settings.getByRole('dialog')
  await panel.getByLabel('密码', { exact: true }).fill(demoPassword)
  await panel.getByRole('button', { name: '下一步' }).click()
  await expect(panel.getByRole('img', { name: '两步验证的二维码' })).toBeVisible()
  const secret = await panel.getByLabel('复制密钥').innerText()
  await panel.getByLabel('应用中显示的 6 位数字').fill(totp(secret))
  await panel.getByRole('button', { name: '验证并开启' }).click()
  const codes = (await panel.getByLabel('保存备用码').last().innerText()).trim().split(/\s+/)
  await panel.getByRole('button', { name: '我已保存' }).click()
  await expect(settings.getByText('已开启。登录时需要身份验证器的验证码。')).toBeVisible()

  const page = await stranger()
  await page.goto('/sign-in')
  await page.getByLabel('邮箱').fill(emailOf('he'))
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await expect(page.getByRole('heading', { name: '两步验证' })).toBeVisible()
  await page.getByLabel('验证码').fill('000000')
  await expect(page.getByRole('alert')).toContainText('验证码不对')
  await page.getByRole('button', { name: '手机不在身边？使用备用码' }).click()
  await page.getByLabel('备用码').fill(codes[0] ?? '')
  await page.getByRole('button', { name: /^验\s*证$/ }).click()
  await expect(page).toHaveURL(/\/inbox/)

  await settings.getByRole('button', { name: '关闭两步验证' }).click()
  await settings.getByRole('dialog').getByLabel('密码', { exact: true }).fill(demoPassword)
  await settings.getByRole('dialog').getByRole('button', { name: '关闭两步验证' }).click()
  await expect(settings.getByRole('button', { name: '开启两步验证' })).toBeVisible()

  const afterwards = await stranger()
  await afterwards.goto('/sign-in')
  await afterwards.getByLabel('邮箱').fill(emailOf('he'))
  await afterwards.getByLabel('密码', { exact: true }).fill(demoPassword)
  await afterwards.getByRole('button', { name: /登\s*录/ }).click()
  await expect(afterwards).toHaveURL(/\/inbox/)
})

test('an invited colleague joins by the link, which works once', async ({ agent, stranger }) => {
  const admin = await agent('shen', { at: '/settings/staff' })
  await admin.getByRole('button', { name: '邀请同事' }).click()
  const panel = admin.getByRole('dialog')
  await panel.getByLabel('邮箱').fill('xin@camellia.example')
  await panel.getByRole('button', { name: '发出邀请' }).click()
  const link = (await panel.getByLabel('邀请已创建').last().innerText()).trim()

  const page = await stranger()
  await page.goto(link)
  await expect(page.getByText('xin@camellia.example')).toBeVisible()
  await page.getByLabel('您的姓名').fill('辛夷')
  await page.getByLabel('设置密码').fill('one long sentence to remember')
  await page.getByRole('button', { name: '加入并登录' }).click()
  await expect(page.getByRole('navigation', { name: '会话视图' })).toBeVisible()

  const second = await stranger()
  await second.goto(link)
  await expect(second.getByRole('heading', { name: '邀请链接已失效' })).toBeVisible()
})

test('an empty system asks for its first administrator, once', async ({ stranger }) => {
  const server = await startQiao({ demo: false })
  try {
    const page = await stranger({ baseURL: server.url })
    await page.goto('/')
    await expect(page).toHaveURL(/\/setup/)
    await page.getByLabel('公司名称').fill('清风文具')
    await page.getByLabel('您的姓名').fill('顾清')
    await page.getByLabel('邮箱').fill('gu@qingfeng.example')
    await page.getByLabel('密码', { exact: true }).fill('short')
    await page.getByRole('button', { name: '创建并登录' }).click()
    await expect(page.getByText('密码至少 10 个字符。')).toBeVisible()
    await page.getByLabel('密码', { exact: true }).fill('a sentence that I remember')
    await page.getByRole('button', { name: '创建并登录' }).click()
    await expect(page).toHaveURL(/\/settings\/inboxes/)
    const again = await stranger({ baseURL: server.url })
    await again.goto('/setup')
    await expect(again.getByRole('heading', { name: '系统已经设置过了' })).toBeVisible()
  } finally {
    await server.stop()
  }
})

test('an agent sees the conversations of the own team only', async ({ agent }) => {
  const support = await agent('he')
  await support.getByRole('button', { name: /^全部/ }).click()
  const search = support.getByRole('textbox', { name: '搜索客户或会话编号' })
  await search.fill('陈雨桐')
  await expect(support.getByRole('link', { name: /陈雨桐/ }).first()).toBeVisible()
  await search.fill('Olivia')
  await expect(support.getByText('没有找到「Olivia」')).toBeVisible()

  const lead = await agent('lin')
  await lead.getByRole('button', { name: /^全部/ }).click()
  await lead.getByRole('textbox', { name: '搜索客户或会话编号' }).fill('Olivia')
  await expect(lead.getByRole('link', { name: /Olivia Bennett/ })).toBeVisible()
})
