import { handset, onScreen, openPhones, write } from '../setup/handset.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { desk, take } from '../setup/pictures.ts'
import { accept, arrive, choose, find, limitTo, offerOf, openQueue } from '../setup/routing.ts'
import { callApi, expect, file, phone, test } from '../setup/test.ts'

const waiting = ['订单少了一只公道杯', '发票抬头写错了，能重开吗', '礼盒能改送到公司吗']

test('work that waits, is offered and is held', async ({ agent, stranger }) => {
  test.slow()
  const admin = await agent('shen', desk)
  const queue = await openQueue(admin, '订单与退换', ['he', 'zhou'], { offer: { seconds: 600 } })
  await limitTo(admin, 'he', 1)
  const he = await agent('he', desk)
  await he.goto('/inbox/mine')
  await choose(he, '空闲')
  const visitors = []
  for (const text of waiting) {
    const visitor = await stranger(phone)
    await arrive(visitor, queue, text)
    visitors.push(visitor)
  }
  const [first = '', , last = ''] = waiting
  await expect(offerOf(he, first)).toBeVisible()
  await take(he, 'offer')
  const behind = visitors.at(-1)
  if (behind) {
    await expect(behind.getByText(/第 ?2 位|前面/).first()).toBeVisible()
    await take(behind, 'widget-queue')
  }
  await accept(he, first)
  const lead = await agent('lin', desk)
  await lead.goto('/board')
  await expect(lead.getByText('订单与退换').first()).toBeVisible()
  await take(lead, 'board')
  await lead.goto('/board/wall')
  await expect(lead.getByText('订单与退换').first()).toBeVisible()
  await take(lead, 'wall')
  await find(lead, last)
  await lead.getByRole('button', { name: '为什么还在等' }).click()
  await expect(lead.getByRole('dialog', { name: '分配详情' }).getByText('容量已满').first()).toBeVisible()
  await take(lead, 'why-waiting')
  await he.getByRole('button', { name: '转接', exact: true }).click()
  await expect(he.getByRole('form', { name: '转接、咨询与邀请' })).toBeVisible()
  await take(he, 'transfer')
})

test('letters', async ({ agent }) => {
  test.slow()
  const admin = await agent('shen', desk)
  const { simulator, inboxId } = await openMail(admin, '客服邮箱')
  await admin.goto(`/settings/inboxes/${inboxId}/mail`)
  await admin.getByRole('textbox', { name: '签名' }).fill('— {agent}\n山茶集客服')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('button', { name: '保存' })).toHaveCount(0)
  await take(admin, 'settings-mail')
  await simulator.phone('Amelia Hart').say({ type: 'text', text: '茶壶到货时壶嘴碎了，能换一把吗' })
  await admin.goto('/inbox')
  await find(admin, '茶壶到货时壶嘴碎了，能换一把吗')
  await admin.keyboard.press('r')
  const words = admin.getByRole('textbox', { name: '邮件正文' })
  await expect(words).toBeFocused()
  await admin.keyboard.type('您好，很抱歉。我们今天就')
  await admin.keyboard.press('Control+b')
  await admin.keyboard.type('补发一把新的')
  await admin.keyboard.press('Control+b')
  await admin.keyboard.type('，旧的不用寄回。')
  await admin.locator('.q-mailer input[type=file]').last().setInputFiles(file('invoice.pdf'))
  await expect(admin.getByRole('list', { name: '附件' })).toContainText('invoice.pdf')
  await take(admin, 'mail-zh')
  await words.press('Control+Enter')
  await expect(admin.getByRole('list', { name: '尚未发出的邮件' })).toContainText(/秒后发送/)
  await take(admin, 'mail-undo')
})

test('channels', async ({ agent, stranger }) => {
  const admin = await agent('shen', desk)
  const { inboxes } = await callApi<{ inboxes: { id: string; key: string }[] }>(admin, 'GET', '/inboxes')
  const inboxOf = (channel: string): string => inboxes.find(({ key }) => key === `phone-${channel}`)?.id ?? ''
  const sections = [
    ['settings-channel', 'whatsapp', 'account'],
    ['settings-templates', 'whatsapp', 'templates'],
    ['settings-menu', 'wechat', 'menu'],
    ['settings-entrances', 'wechat', 'entrances'],
  ] as const
  await admin.goto('/settings/inboxes/new')
  await expect(admin.getByText('Telegram').first()).toBeVisible()
  await take(admin, 'settings-choose-channel')
  for (const [name, channel, section] of sections) {
    await admin.goto(`/settings/inboxes/${inboxOf(channel)}/${section}`)
    await expect(admin.getByRole('main').getByRole('heading').first()).toBeVisible()
    await take(admin, name)
  }
  const playground = await openPhones(await stranger({ viewport: { width: 1440, height: 1000 } }))
  const wechat = handset(playground, '微信公众号')
  await write(wechat, '你们的白茶还有货吗？')
  await find(admin, '你们的白茶还有货吗？')
  const box = admin.getByRole('textbox', { name: /^回复/ })
  await box.fill('有的，今天下单明天就能寄出。')
  await box.press('Enter')
  await expect(onScreen(wechat, '有的，今天下单明天就能寄出。')).toBeVisible()
  await wechat.scrollIntoViewIfNeeded()
  await take(playground, 'playground-phones')
  await expect(admin.getByRole('article').last()).toContainText('有的')
  await take(admin, 'inbox-wechat')
})
