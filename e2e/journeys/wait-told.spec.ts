import type { Page } from '@playwright/test'
import type { Inbox } from '@qiao/protocol'
import { hindrances, thorough } from '../setup/axe.ts'
import { inThread } from '../setup/chat.ts'
import { handset, onScreen, openPhones, write } from '../setup/handset.ts'
import { agentIdOf, find, giveProfile, openQueue } from '../setup/routing.ts'
import { callApi, expect, test } from '../setup/test.ts'

/** The customer of WeChat speaks Chinese in both: that is what WeChat says of them. */
const words = {
  zh: {
    sms: { key: 'phone-smpp', phone: '短信（SMPP）' },
    wechat: '微信公众号',
    ahead: '您前面还有 1 位',
    reply: '请回复数字选择',
    left: '您已离开排队。',
    short: '短于这么久的等待不通知',
    every: '两条通知至少相隔',
    paid: '按条收费的渠道（短信）',
    paidMost: '一次排队最多付费通知',
    save: '保存',
    saved: '已保存',
    system: '系统',
  },
  en: {
    sms: { key: 'phone-twilio', phone: 'SMS \\(Twilio\\)' },
    wechat: 'WeChat Official Account',
    ahead: '1 person is ahead of you',
    reply: 'Reply with the number',
    left: 'You left the queue.',
    short: 'Say nothing of a wait shorter than',
    every: 'Between two of them at least',
    paid: 'Channels on which each message costs money (SMS)',
    paidMost: 'In one stay, paid messages at most',
    save: 'Save',
    saved: 'Saved',
    system: 'System',
  },
}

/** Sends the customers of this inbox into another queue; gives the way back. */
async function leadTo(admin: Page, key: string, queueId: string): Promise<() => Promise<unknown>> {
  const read = async (): Promise<Inbox> => {
    const { inboxes } = await callApi<{ inboxes: Inbox[] }>(admin, 'GET', '/inboxes')
    const inbox = inboxes.find((each) => each.key === key)
    if (!inbox) throw new Error(`There is no ${key}`)
    return inbox
  }
  const save = async (routing: Inbox['settings']['routing']) => {
    const { id, version, settings } = await read()
    return callApi(admin, 'PATCH', `/inboxes/${id}`, { version, settings: { ...settings, routing } })
  }
  const { routing } = (await read()).settings
  await save({ queueId, departments: [] })
  return () => save(routing)
}

for (const language of thorough ? (['zh', 'en'] as const) : (['zh'] as const)) {
  test(`who waits by SMS and WeChat is told the place, and leaves by an answer (${language})`, async ({
    agent,
    stranger,
  }) => {
    const t = words[language]
    const admin = await agent('shen', { viewport: { width: 1280, height: 900 } })
    const { queue } = await openQueue(admin, `Told ${language}`, ['lin'], {
      alternatives: { afterSeconds: 0, message: true, callback: false },
    })
    await giveProfile(admin, await agentIdOf(admin, 'lin'), { number: '8001', languages: ['zh', 'en'] })

    await test.step('the queue says when and how often', async () => {
      const preferences = { language: language === 'zh' ? 'zh-CN' : 'en' }
      await callApi(admin, 'PATCH', '/me', { preferences })
      await admin.goto(`/settings/queues/${queue.id}/words`)
      await expect(admin.getByRole('heading', { name: t.paid })).toBeVisible()
      await expect(admin.getByLabel(t.paidMost)).toHaveValue('2')
      const shortest = admin.getByRole('spinbutton', { name: t.short })
      await expect(shortest).toHaveValue('30')
      await shortest.fill('0')
      await admin.getByRole('spinbutton', { name: t.every }).fill('1')
      expect(await hindrances(admin, 'announcements', { within: 'main' })).toEqual([])
      await admin.getByRole('button', { name: t.save, exact: true }).click()
      await expect(admin.getByText(t.saved, { exact: true }).first()).toBeVisible()
    })

    const back = [await leadTo(admin, 'phone-wechat', queue.id), await leadTo(admin, t.sms.key, queue.id)]
    const page = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }), language)
    const wechat = handset(page, t.wechat)
    const sms = handset(page, t.sms.phone)
    const asked = { wechat: `想买一饼老白茶 ${language}`, sms: `Is the inkstone in stock ${language}` }

    await test.step('each hears once where they stand', async () => {
      await write(wechat, asked.wechat)
      await expect(onScreen(wechat, '下一位就是您')).toBeVisible()
      await expect(wechat.getByRole('button', { name: '离开排队' })).toBeVisible()
      await write(sms, asked.sms)
      await expect(onScreen(sms, t.ahead)).toContainText(t.reply)
    })

    const lin = await agent('lin')
    await test.step('agents see that it was said by itself', async () => {
      await find(lin, asked.sms)
      await expect(inThread(lin, t.ahead)).toContainText('系统')
    })

    await test.step('who takes it has a name and a number', async () => {
      await find(lin, asked.wechat)
      const id = new URL(lin.url()).pathname.split('/').at(-1)
      const agentId = await agentIdOf(lin, 'lin')
      await callApi(lin, 'POST', `/conversations/${id}/assign`, { clientKey: crypto.randomUUID(), agentId })
      await expect(onScreen(wechat, '工号 8001')).toBeVisible()
    })

    await test.step('the number of the choice leaves the queue', async () => {
      await find(lin, asked.sms)
      await write(sms, '2')
      await expect(onScreen(sms, t.left)).toBeVisible()
      await expect(lin.getByRole('main').getByText('客户退出排队')).toBeVisible()
      await expect(sms.getByRole('log').getByText(t.ahead)).toHaveCount(1)
    })

    for (const lead of back) await lead()
  })
}
