import { randomUUID } from 'node:crypto'
import type { ChannelAccount, Inbox } from '@qiao/protocol'
import { type Simulator, simulators } from '@qiao/channels/simulators'
import type { Locator, Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { inThread } from '../setup/chat.ts'
import { find } from '../setup/routing.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

/** An inbox of the channel, whose provider is simulated. */
async function connect(admin: Page, channel: string): Promise<Simulator> {
  const simulator = await simulators[channel]?.()
  if (!simulator) throw new Error(`No provider of ${channel}`)
  const { id } = await callApi<Inbox>(admin, 'POST', '/inboxes', { name: `${channel} ${randomUUID()}`, channel })
  const path = `/inboxes/${id}/account`
  const { version, callbackUrl } = await callApi<ChannelAccount>(admin, 'GET', path)
  await callApi(admin, 'PUT', path, { version, config: simulator.config })
  simulator.pointTo(callbackUrl)
  return simulator
}
const shown = (simulator: Simulator, name: string): string[] =>
  simulator
    .phone(name)
    .screen.filter(({ mine }) => !mine)
    .map(({ text }) => text)
const row = (agent: Page, text: string): Locator =>
  agent.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: text })
const mode = (agent: Page, name: string): Locator =>
  agent.getByRole('main').locator('.ant-segmented-item').filter({ hasText: name })
const box = (agent: Page): Locator => agent.getByRole('main').getByRole('textbox', { name: /^(回复|Reply)/ })

test('agents see who speaks in a group, and that a comment is public before they answer it', async ({ agent }) => {
  const admin = await agent('shen', callsOnly)
  const telegram = await connect(admin, 'telegram')
  const instagram = await connect(admin, 'instagram')
  const wecom = await connect(admin, 'wecom')
  const lin = await agent('shen', { viewport: { width: 1280, height: 860 } })
  const warning = lin.getByRole('main').getByRole('note')

  try {
    await test.step('a group is one conversation in which each message has its writer', async () => {
      for (const name of ['李娜', '王伟']) await telegram.phone(name).act('group:茶友群')
      await telegram.phone('李娜').say({ type: 'text', text: '周末还开门吗' })
      await telegram.phone('王伟').say({ type: 'text', text: '我也想知道' })
      await find(lin, '我也想知道')
      await expect(row(lin, '茶友群')).toHaveCount(1)
      await expect(row(lin, '茶友群')).toContainText('群聊')
      await expect(row(lin, '茶友群')).toContainText(/王伟[:：] ?我也想知道/)
      await expect(lin.getByRole('heading', { name: '茶友群' })).toContainText('群聊')
      await expect(inThread(lin, '周末还开门吗')).toContainText('李娜')
      await expect(inThread(lin, '我也想知道')).toContainText('王伟')
      await expect(warning).toHaveCount(0)
      await box(lin).fill('开到八点')
      await box(lin).press('Enter')
      await expect.poll(() => shown(telegram, '李娜')).toContain('开到八点')
      expect(await hindrances(lin, 'a group')).toEqual([])
    })

    await test.step('in a chat of a business account the button for reactions says why there are none', async () => {
      await telegram.phone('赵敏').act('business')
      await telegram.phone('赵敏').say({ type: 'text', text: '杯子很喜欢，谢谢' })
      await find(lin, '杯子很喜欢，谢谢')
      const said = inThread(lin, '杯子很喜欢，谢谢')
      await said.hover()
      const none = said.getByRole('button', { name: 'Telegram 不允许机器人在商业账号的聊天中使用表情回应' })
      await expect(none).toBeDisabled()
      await expect(said.getByRole('button', { name: '表情回应', exact: true })).toHaveCount(0)
      expect(await hindrances(lin, 'a business chat')).toEqual([])
    })

    await test.step('a session is handed to the pool of WeCom and taken out of it, each asked about first', async () => {
      await wecom.phone('周周').say({ type: 'text', text: '想问下团购' })
      await find(lin, '想问下团购')
      const move = async (name: string) => {
        await lin.getByRole('main').getByRole('button', { name: '更多操作' }).click()
        await lin.getByRole('menuitem', { name }).click()
        const dialog = lin.getByRole('dialog', { name })
        await expect(dialog).toBeVisible()
        expect(await hindrances(lin, name, { within: '.ant-modal' })).toEqual([])
        await dialog.getByRole('button', { name }).click()
      }
      await move('转入企业微信接待池')
      await expect(lin.getByRole('main')).toContainText('会话已转入企业微信接待池')
      await expect(lin.getByRole('main')).toContainText('会话已结束（已在别处处理）')
      await move('结束企业微信中的会话')
      await expect(lin.getByRole('main')).toContainText('企业微信中的会话已结束')
      // Until the customer writes there is nothing to be moved.
      await lin.getByRole('main').getByRole('button', { name: '更多操作' }).click()
      await expect(lin.getByRole('menuitem', { name: '标为未读' })).toBeVisible()
      await expect(lin.getByRole('menuitem', { name: /企业微信/ })).toHaveCount(0)
      await lin.keyboard.press('Escape')
    })

    await test.step('a comment is marked, warned of, and answered under it', async () => {
      await instagram.phone('mei').act('comment:这款多少钱')
      await find(lin, '这款多少钱')
      await expect(row(lin, '这款多少钱')).toContainText('公开')
      await expect(warning).toContainText('公开可见：所有人都能看到这条回复')
      await mode(lin, '备注').click()
      await expect(warning).toHaveCount(0)
      await mode(lin, '回复').click()
      await box(lin).fill('一百二十八元')
      await box(lin).press('Enter')
      await expect.poll(() => shown(instagram, 'mei')).toContain('一百二十八元')
      expect(await hindrances(lin, 'a comment')).toEqual([])
    })

    await test.step('the same comment is answered in private, once, and the private conversation is at hand', async () => {
      await warning.getByRole('button', { name: '私信回复' }).click()
      const dialog = lin.getByRole('dialog', { name: '私信回复这条评论' })
      await expect(dialog).toContainText('这款多少钱')
      await dialog.getByLabel('私信内容').fill('私下给您九折')
      expect(await hindrances(lin, 'a private answer', { within: '.ant-modal' })).toEqual([])
      await dialog.getByRole('button', { name: '发送私信' }).click()
      await expect.poll(() => shown(instagram, 'mei')).toContain('私下给您九折')
      await expect(warning).toContainText('已私信回复')
      await expect(warning.getByRole('button', { name: '私信回复' })).toHaveCount(0)
      await warning.getByRole('link', { name: '打开私信会话' }).click()
      await expect(inThread(lin, '私下给您九折')).toContainText('私信回复了公开评论')
      await lin.getByRole('link', { name: '私信回复了公开评论' }).click()
      await expect(inThread(lin, '这款多少钱')).toBeVisible()
    })

    await test.step('what came beside a message stands under it, in the reader’s language', async () => {
      await instagram.phone('mei').act('mention:@shop 看看这个')
      await find(lin, '看看这个')
      await expect(inThread(lin, '看看这个')).toContainText('在别人的帖子下提到你们')
      const zoe = await agent('shen', { language: 'en', at: new URL(lin.url()).pathname + new URL(lin.url()).search })
      await expect(inThread(zoe, '看看这个')).toContainText('Mentioned you under a post of somebody else')
      await expect(zoe.getByRole('main').getByRole('note')).toHaveText('Public: everybody can read this reply')
      expect(await hindrances(zoe, 'a mention')).toEqual([])
    })
  } finally {
    await Promise.all([telegram.stop(), instagram.stop(), wecom.stop()])
  }
})
