import type { Locator, Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { pickFrom } from '../setup/pick.ts'
import { find } from '../setup/routing.ts'
import { callApi, callsOnly, expect, phone as smallScreen, test } from '../setup/test.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const words = (page: Page | Locator): Locator => page.getByRole('textbox', { name: '邮件正文' })
const firsts = (page: Page): Locator => page.getByRole('list', { name: '尚未发出的新邮件' })

test('of thirty letters all but the last are folded; one or all are opened, and keys go from one to the next', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator } = await openMail(shen, '长信邮箱')
  const amelia = simulator.phone('Amelia')
  for (let count = 1; count <= 30; count++) {
    await amelia.say({ type: 'text', text: `第 ${count} 封来信` })
    // One opens the thread; the others come while it is looked at.
    if (count === 1) await find(shen, '第 1 封来信')
  }
  await expect(shen.getByText('30 封邮件')).toBeVisible({ timeout: 120_000 })
  const letter = (count: number): Locator =>
    shen.getByRole('article').filter({ hasText: new RegExp(`第 ${count} 封来信`) })
  const name = (count: number): Locator => letter(count).locator('.q-mail-name')
  await expect(name(30)).toHaveAttribute('aria-expanded', 'true')
  await expect(name(29)).toHaveAttribute('aria-expanded', 'true')
  await expect(name(28)).toHaveAttribute('aria-expanded', 'false')

  await test.step('one is opened where it stands', async () => {
    await name(28).click()
    await expect(name(28)).toHaveAttribute('aria-expanded', 'true')
    await expect(
      letter(28)
        .getByRole('button', { name: '回复此邮件' })
        .or(letter(28).getByRole('button', { name: '回复', exact: true }))
        .first(),
    ).toBeVisible()
  })
  await test.step('keys go from letter to letter, open what they come to, and stop at the first', async () => {
    await shen.locator('.q-thread-scroll').focus()
    await shen.keyboard.press('[')
    await expect(name(30)).toBeFocused()
    for (let count = 29; count >= 26; count--) {
      await shen.keyboard.press('[')
      await expect(name(count)).toBeFocused()
      await expect(name(count)).toHaveAttribute('aria-expanded', 'true')
    }
    await shen.keyboard.press(']')
    await expect(name(27)).toBeFocused()
  })
  await test.step('all are opened and folded at once', async () => {
    await shen.getByRole('button', { name: '全部展开' }).click()
    await expect(shen.locator('.q-mail.is-shut')).toHaveCount(0)
    await shen.getByRole('button', { name: '全部收起' }).click()
    await expect(shen.locator('.q-mail.is-open')).toHaveCount(0)
    expect(await hindrances(shen, 'long thread', { within: '.q-thread' })).toEqual([])
  })
  await simulator.stop()
})

test('a new mail is kept, filled from a template, undone, sent later, and sent', async ({ agent }) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator, inboxId } = await openMail(shen, '模板邮箱')
  const stranger = simulator.phone('Stranger')

  await test.step('an administrator makes a template and a signature', async () => {
    await shen.goto(`/settings/inboxes/${inboxId}/mail`)
    await expect(shen.getByText('还没有邮件模板')).toBeVisible()
    await shen.getByRole('textbox', { name: '签名' }).fill('— {agent}')
    await shen.getByRole('button', { name: '保存' }).click()
    await expect(shen.getByRole('button', { name: '保存' })).toHaveCount(0)
    await shen.getByRole('button', { name: '新建模板' }).click()
    const form = shen.getByRole('dialog', { name: '新建模板' })
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form.getByText('请填写名称')).toBeVisible()
    await form.getByRole('textbox', { name: '名称' }).fill('到货通知')
    await form.getByRole('textbox', { name: '主题' }).fill('您的茶到货了')
    const text = form.getByRole('textbox', { name: '内容' })
    await text.click()
    await shen.keyboard.type('{customer} 您好，')
    await shen.keyboard.press('Control+b')
    await shen.keyboard.type('茶已到货')
    await shen.keyboard.press('Control+b')
    await shen.keyboard.type('。{agent}')
    expect(await hindrances(shen, 'mail template form', { within: '.ant-drawer' })).toEqual([])
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form).toHaveCount(0)
    await expect(shen.getByRole('row').filter({ hasText: '到货通知' })).toContainText('仅本渠道')
    expect(await hindrances(shen, 'mail templates')).toEqual([])
  })

  const dialog = shen.getByRole('dialog', { name: '写新邮件' })
  // Those that left a moment ago are shown too, of other journeys as well.
  const first = firsts(shen)
    .getByRole('listitem')
    .filter({ hasText: /茶已到货|您的茶到货了/ })
  await test.step('a template is found by a word and put where the cursor is; the draft outlives the page', async () => {
    await shen.goto('/inbox/all')
    await expect(shen.getByRole('button', { name: '写新邮件' })).toBeVisible()
    await shen.keyboard.press('Shift+N')
    await pickFrom(dialog.getByRole('combobox', { name: '发自' }), '模板邮箱')
    await expect(dialog.getByRole('button', { name: '不带签名' })).toBeVisible()
    await dialog.getByRole('combobox', { name: '收件人' }).fill(stranger.address)
    await dialog.getByRole('combobox', { name: '收件人' }).press('Enter')
    await words(dialog).click()
    await shen.keyboard.press('Control+;')
    const list = shen.getByRole('dialog', { name: '邮件模板' })
    await expect(list.getByRole('option')).toHaveCount(1)
    await list.getByRole('combobox').fill('没有')
    await expect(list.getByText('没有找到相符的模板')).toBeVisible()
    await list.getByRole('combobox').fill('到货')
    expect(await hindrances(shen, 'mail template picker', { within: '.q-mail-templates' })).toEqual([])
    await list.getByRole('combobox').press('Enter')
    await expect(list).toHaveCount(0)
    await expect(words(dialog)).toContainText(`${stranger.address} 您好，茶已到货`)
    await expect(words(dialog).locator('strong')).toHaveText('茶已到货')
    await expect(dialog.getByRole('textbox', { name: '主题' })).toHaveValue('您的茶到货了')
    await expect(dialog.getByText('已存为草稿')).toBeVisible()
    expect(await hindrances(shen, 'new mail with a template', { within: '.ant-modal' })).toEqual([])
    await shen.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await shen.reload()
    await shen.getByRole('button', { name: '继续写新邮件' }).click()
    await expect(words(dialog).locator('strong')).toHaveText('茶已到货')
  })

  await test.step('without a subject it is asked about; what was sent is taken back by a key', async () => {
    await dialog.getByRole('textbox', { name: '主题' }).fill('')
    await words(dialog).press('Control+Enter')
    const question = shen.getByRole('dialog', { name: '没有填写主题' })
    // It takes the focus once it is there; while it grows it moves away under the pointer.
    await expect(question.getByRole('button', { name: '仍要发送' })).toBeFocused()
    await question.getByRole('button', { name: /^取\s?消$/ }).press('Enter')
    await expect(question).toHaveCount(0)
    await dialog.getByRole('textbox', { name: '主题' }).fill('您的茶到货了')
    await words(dialog).press('Control+Enter')
    await expect(first).toContainText(/秒后发送/)
    await expect(dialog).toHaveCount(0)
    await shen.keyboard.press('z')
    await expect(words(dialog).locator('strong')).toHaveText('茶已到货')
    await expect(first).toHaveCount(0)
    expect(stranger.screen).toEqual([])
  })

  await test.step('it waits until tomorrow, is sent now, and leads to its conversation', async () => {
    await dialog.getByRole('button', { name: '定时发送' }).click()
    await shen.getByRole('button', { name: /明天 9:00/ }).click()
    await expect(first).toContainText('09:00')
    expect(await hindrances(shen, 'scheduled new mail', { within: '.q-list' })).toEqual([])
    await first.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => stranger.screen.length).toBe(1)
    expect(stranger.screen[0]?.text).toContain('茶已到货')
    await first.getByRole('button', { name: '打开会话' }).click()
    await expect(shen.getByRole('heading', { name: /您的茶到货了/ })).toBeVisible()
    await expect(shen.getByRole('button', { name: '写新邮件' })).toBeVisible()
  })
  await simulator.stop()
})

test('whoever writes hears that a colleague has answered, and is asked once; in English on a phone', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator } = await openMail(shen, '碰撞邮箱')
  const ben = simulator.phone('Ben')
  await ben.say({ type: 'text', text: 'Where is my parcel' })
  const lin = await agent('lin', { ...smallScreen, locale: 'en-GB', language: 'en' })
  await find(shen, 'Where is my parcel')
  const id = new URL(shen.url()).pathname.split('/').at(-1) ?? ''
  await lin.goto(`/inbox/all/${id}`)
  await lin.getByRole('button', { name: 'Reply', exact: true }).last().click()
  const text = lin.getByRole('textbox', { name: 'Text of the mail' })
  await text.fill('It comes today')
  const content = { type: 'text', text: 'It is on its way' }
  await callApi(shen, 'POST', `/conversations/${id}/messages`, { clientKey: crypto.randomUUID(), content })
  await expect(lin.getByText(/has answered since you began to write/)).toBeVisible()
  expect(await hindrances(lin, 'collision on a phone', { within: '.q-mailer' })).toEqual([])
  expect(await lin.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await lin.getByRole('button', { name: /Send$/ }).click()
  const question = lin.getByRole('dialog').filter({ hasText: /has answered meanwhile: send anyway\?/ })
  await expect(question).toBeVisible()
  expect(ben.screen.filter(({ mine }) => !mine).length).toBeLessThanOrEqual(1)
  await question.getByRole('button', { name: 'Send anyway' }).click()
  await lin.getByRole('button', { name: 'Send now' }).click()
  await expect.poll(() => ben.screen.filter(({ mine }) => !mine).length).toBe(2)
  await simulator.stop()
})
