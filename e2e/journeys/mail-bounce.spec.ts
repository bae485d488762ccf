import type { Locator, Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { find } from '../setup/routing.ts'
import { callsOnly, expect, test } from '../setup/test.ts'

const row = (page: Page): Locator =>
  page.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: '退信邮箱' })

test('an answer that comes back is seen by its agent, blocks the address, and is sent again once that is mended', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator } = await openMail(shen, '退信邮箱')
  const amelia = simulator.phone('Amelia')
  await shen.goto('/inbox/all')
  await amelia.say({ type: 'text', text: '你们几点关门' })
  await find(shen, '你们几点关门')
  const id = new URL(shen.url()).pathname.split('/').at(-1) ?? ''
  const thread = shen.getByRole('main')

  await test.step('it comes back with the reason', async () => {
    await amelia.act('bounce')
    // On a slow line the key comes before it is known whom the answer goes to.
    const line = Promise.withResolvers<void>()
    await shen.route('**/mail-start*', async (route) => {
      await line.promise
      await route.continue()
    })
    await thread.getByRole('button', { name: '回复', exact: true }).last().click()
    await shen.getByRole('textbox', { name: '邮件正文' }).fill('八点关门')
    await shen.keyboard.press('Control+Enter')
    await expect(thread.getByText('正在读取收件人…')).toBeVisible()
    line.resolve()
    await thread.getByRole('button', { name: '立即发送' }).click()
    await expect(thread.getByText('八点关门')).toBeVisible()
    const answer = thread.getByRole('article').filter({ hasText: '八点关门' })
    await expect(answer.getByText(/^未送达/)).toBeVisible({ timeout: 30_000 })
    await expect(answer).toContainText('客户无法接收')
    // What the other server said, without a pointer.
    await answer.getByText('原始信息').focus()
    await shen.keyboard.press('Enter')
    await expect(answer).toContainText(/5\.1\.1|550/)
    await expect(row(shen)).toContainText('未送达')
    expect(await hindrances(shen, 'bounced', { within: '.q-inbox' })).toEqual([])
  })

  await test.step('nothing more goes there, and the agent is told so beside the customer', async () => {
    await expect(thread.getByText(/暂不能回复：客户无法接收/)).toBeVisible()
    await expect(shen.getByText('邮件被退回，已停止发送')).toBeVisible()
    const refused = await shen.request.post(`/api/v1/conversations/${id}/messages`, {
      headers: { origin: new URL(shen.url()).origin },
      data: { clientKey: crypto.randomUUID(), content: { type: 'text', text: '还在吗' } },
    })
    expect(await refused.json()).toMatchObject({ code: 'recipient-unreachable' })
  })

  await test.step('the address is allowed again, and the answer arrives when it is sent once more', async () => {
    await amelia.act('allow')
    await shen.getByRole('button', { name: '重新启用' }).first().click()
    await expect(shen.getByText('邮件被退回，已停止发送')).toHaveCount(0)
    const answer = thread.getByRole('article').filter({ hasText: '八点关门' })
    await answer.getByRole('button', { name: '重新发送' }).click()
    await expect.poll(() => amelia.screen.filter(({ mine }) => !mine).map(({ text }) => text)).toContain('八点关门')
    await expect(answer.getByText(/^未送达/)).toHaveCount(0)
    await expect(row(shen)).not.toContainText('未送达')
  })

  const write = async (text: string, ...addresses: string[]): Promise<void> => {
    const to = addresses.map((address) => ({ name: '', address }))
    const answer = await shen.request.post(`/api/v1/conversations/${id}/messages`, {
      headers: { origin: new URL(shen.url()).origin },
      data: { clientKey: crypto.randomUUID(), content: { type: 'mail', subject: '营业时间', from: null, to, text } },
    })
    expect(answer.status()).toBe(200)
  }
  const heardBy = (phone: typeof amelia) => phone.screen.filter(({ mine }) => !mine).map(({ text }) => text)

  await test.step('of two one is refused: it goes again to that one only', async () => {
    const ben = simulator.phone('Ben')
    await ben.act('refuse')
    await write('周一休息', amelia.address, ben.address)
    const mail = thread.getByRole('article').filter({ hasText: '周一休息' })
    await expect(mail).toContainText(`${ben.address} 没有收到`, { timeout: 30_000 })
    expect(await hindrances(shen, 'missed', { within: '.q-inbox' })).toEqual([])
    await ben.act('allow')
    await mail.getByRole('button', { name: '只重新发给未收到的 1 人' }).click()
    await expect.poll(() => heardBy(ben)).toEqual(['周一休息'])
    await expect(mail).not.toContainText('没有收到')
    expect(heardBy(amelia).filter((text) => text === '周一休息')).toHaveLength(1)
  })

  await test.step('what is tried again says why and when; it is tried at once, or given up', async () => {
    await amelia.act('full')
    await write('周二营业', amelia.address)
    const mail = thread.getByRole('article').filter({ hasText: '周二营业' })
    await expect(mail).toContainText('尚未发出，系统会继续重试 · 对方服务器暂时没有接收', { timeout: 60_000 })
    await expect(mail).toContainText(/开始于.+已试 \d+ 次.*下次尝试：.+分钟后/s)
    expect(await hindrances(shen, 'tried', { within: '.q-inbox' })).toEqual([])
    await mail.getByRole('button', { name: '放弃发送' }).click()
    await expect(mail).toContainText('未送达 · 渠道方出错')
    await mail.getByRole('button', { name: '重新发送' }).click()
    await expect(mail).toContainText('尚未发出', { timeout: 60_000 })
    await amelia.act('allow')
    await mail.getByRole('button', { name: '立即重试' }).click()
    await expect.poll(() => heardBy(amelia)).toContain('周二营业')
    await expect(mail).not.toContainText('尚未发出')
  })
  await simulator.stop()
})
