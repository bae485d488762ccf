import { hindrances, thorough } from '../setup/axe.ts'
import { inThread } from '../setup/chat.ts'
import { startQiao } from '../setup/qiao-server.ts'
import { richMessages, sendAll } from '../setup/rich-messages.ts'
import { editorSections, goTo, routingScreens } from '../setup/screens.ts'
import { callApi, expect, phone, test } from '../setup/test.ts'

// As long as the other file about this: both workers take part.
test.describe.configure({ mode: 'parallel' })

/**
 * What is not a screen of its own: menus, dialogs and pages that only a fresh system or a live link shows. Both languages
 * have the same, but for the words.
 */
const languages = thorough ? (['zh-CN', 'en'] as const) : (['en'] as const)

for (const language of languages) {
  test(`what opens in a conversation hinders nobody: ${language}`, async ({ agent, stranger }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    const invited = { email: `${language}@example.com`, role: 'agent', teamIds: [] }
    const { link } = await callApi<{ link: string }>(admin, 'POST', '/invitations', invited)
    const guest = await stranger({ locale: language })
    await guest.goto(link)
    await expect(guest.getByText(invited.email)).toBeVisible()
    found.push(...(await hindrances(guest, 'invitation')))

    await admin.goto('/inbox/all')
    const picture = admin.getByRole('button', { name: /^(查看大图|View) .*/ }).first()
    await admin.getByRole('link', { name: /赵可/ }).first().click()
    await expect(picture).toBeVisible()
    const acts = admin.getByRole('toolbar').first()
    for (const [place, name] of ['assign', 'transfer', 'tags', 'snooze'].entries()) {
      await acts.getByRole('button').nth(place).click()
      await expect(admin.locator('.ant-popover:visible')).toHaveCount(1)
      found.push(...(await hindrances(admin, name, { within: '.ant-popover:not(.ant-popover-hidden)' })))
      await admin.keyboard.press('Escape')
      await expect(admin.locator('.ant-popover:visible')).toHaveCount(0)
    }
    const menus = [acts.locator('.ant-dropdown-trigger').first(), acts.locator('.ant-dropdown-trigger').last()]
    for (const trigger of [...menus, admin.locator('.q-rail .ant-dropdown-trigger')]) {
      await trigger.click()
      await expect(admin.getByRole('menu').last()).toBeVisible()
      const name = `menu ${await trigger.getAttribute('aria-label')}`
      found.push(...(await hindrances(admin, name, { within: '.ant-dropdown:not(.ant-dropdown-hidden)' })))
      await admin.keyboard.press('Escape')
      await expect(admin.locator('.ant-dropdown:visible')).toHaveCount(0)
    }
    const opened = async (name: string, within: string): Promise<void> => {
      await expect(admin.locator(within).last()).toBeVisible()
      found.push(...(await hindrances(admin, name, { within })))
      await admin.keyboard.press('Escape')
      await expect(admin.locator(within)).toHaveCount(0)
    }
    await admin.keyboard.press('Control+k')
    await opened('palette', 'dialog[open]')
    await admin.keyboard.press('?')
    await opened('shortcuts', '[role=dialog]')
    await admin.locator('.q-list-tools .ant-btn').first().click()
    await opened('filter', '.ant-popover:not(.ant-popover-hidden)')
    await admin.locator('.q-composer-tools .ant-btn').nth(1).click()
    await opened('emoji', '.ant-popover:not(.ant-popover-hidden)')
    await admin.keyboard.press('Shift+I')
    await admin.getByRole('menuitem').nth(1).press('Enter')
    await expect(admin.locator('.q-insert input').first()).toBeFocused()
    await admin.keyboard.press('Control+Enter')
    await expect(admin.locator('.q-insert [role=alert]').first()).toBeVisible()
    await opened('card', '.q-insert')
    await admin.locator('.q-composer-text').press('Escape')
    await admin.keyboard.press('n')
    await admin.keyboard.type('@')
    await expect(admin.getByRole('listbox')).toBeVisible()
    found.push(...(await hindrances(admin, 'note', { within: '.q-composer' })))
    await admin.keyboard.press('Backspace')
    await picture.click()
    await expect(admin.getByRole('dialog').getByRole('img').first()).toBeVisible()
    found.push(...(await hindrances(admin, 'lightbox', { within: '[role=dialog]' })))
    expect(found).toEqual([])
  })
}

for (const language of languages) {
  test(`what opens in the settings hinders nobody: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    for (const page of ['teams', 'staff', 'api-keys', 'webhooks']) {
      await goTo(admin, `/settings/${page}`)
      await admin.locator('.q-frame-actions .ant-btn').click()
      await expect(admin.getByRole('dialog').getByRole('textbox').first()).toBeVisible()
      found.push(...(await hindrances(admin, page, { within: '[role=dialog]' })))
    }
    await goTo(admin, '/settings/inboxes/new')
    await expect(admin.getByRole('main').getByRole('searchbox')).toBeVisible()
    found.push(...(await hindrances(admin, 'new inbox')))
    await goTo(admin, '/settings/hours/new')
    found.push(...(await hindrances(admin, 'new hours')))
    await admin.setViewportSize({ width: 768, height: 1024 })
    await admin.goto('/inbox/all')
    await admin.locator('a[data-conversation]').first().click()
    await admin.getByRole('toolbar').first().getByRole('button').last().click()
    await expect(admin.getByRole('dialog').getByRole('heading', { level: 3 }).first()).toBeVisible()
    found.push(...(await hindrances(admin, 'panel of a tablet', { within: '[role=dialog]' })))
    expect(found).toEqual([])
  })

  test(`the sections of an inbox hinder nobody: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    // The chat beside them has been looked at with the first section.
    await admin.evaluate(() => localStorage.setItem('qiao.preview-shown', 'hidden'))
    const { inboxes } = await callApi<{ inboxes: { id: string }[] }>(admin, 'GET', '/inboxes')
    for (const section of editorSections) {
      await goTo(admin, `/settings/inboxes/${inboxes[0]?.id}/${section}`)
      found.push(...(await hindrances(admin, section, { within: '.st-editor-body' })))
    }
    expect(found).toEqual([])
  })

  test(`what a visitor is sent hinders nobody: ${language}`, async ({ agent, stranger }) => {
    const found: string[] = []
    const visitor = await stranger({ ...phone, locale: language })
    const first = `A question in ${language}`
    await visitor.goto('/chat/camellia-en')
    await visitor.locator('button.start').click()
    await visitor.locator('.composer textarea').fill(first)
    await visitor.locator('.composer textarea').press('Enter')
    const emma = await agent('emma', { locale: language, at: '/inbox/unassigned' })
    await emma.getByRole('link', { name: first }).click()
    await expect(inThread(emma, first)).toBeVisible()
    const path = await sendAll(emma, richMessages)
    await expect(visitor.getByLabel('Street')).toBeVisible()
    found.push(...(await hindrances(visitor, 'cards and forms')))
    await expect(inThread(emma, 'Street')).toBeVisible()
    found.push(...(await hindrances(emma, 'cards and forms of the agent')))
    await callApi(emma, 'POST', `${path}/close`, { clientKey: `close-rich-${language}` })
    await visitor.locator('.scale button').last().click()
    await expect(visitor.locator('.survey textarea')).toBeVisible()
    found.push(...(await hindrances(visitor, 'rating')))
    await visitor.locator('header .tool').first().click()
    await expect(visitor.locator('button.chat')).toBeVisible()
    found.push(...(await hindrances(visitor, 'list of chats')))
    expect(found).toEqual([])
  })
}

test('the chat in a page hinders nobody', async ({ stranger }) => {
  const found: string[] = []
  for (const language of languages) {
    const page = await stranger({ locale: language })
    await page.goto(`/playground/shop/?lang=${language.slice(0, 2)}`)
    await page.locator('button[aria-expanded]').last().click()
    await expect(page.frameLocator('iframe[src*="/chat/"]').locator('button.start')).toBeVisible()
    found.push(...(await hindrances(page, `widget ${language}`, { onlyLight: true })))
  }
  expect(found).toEqual([])
})

test('the set-up of an empty system hinders nobody', async ({ stranger }) => {
  const server = await startQiao({ demo: false })
  try {
    const found: string[] = []
    for (const language of languages) {
      const page = await stranger({ baseURL: server.url, locale: language })
      await page.goto('/setup')
      await expect(page.locator('input[type=email]')).toBeVisible()
      found.push(...(await hindrances(page, `setup ${language}`)))
    }
    expect(found).toEqual([])
  } finally {
    await server.stop()
  }
})

for (const language of languages) {
  test(`what opens on the board and in a simulation hinders nobody: ${language}`, async ({ agent }) => {
    const found: string[] = []
    const admin = await agent('shen', { language })
    await routingScreens(admin)
    await admin.goto('/board')
    await admin.locator('.q-board-agents .ant-dropdown-trigger').first().click()
    await expect(admin.getByRole('menu').last()).toBeVisible()
    found.push(...(await hindrances(admin, 'states', { within: '.ant-dropdown:not(.ant-dropdown-hidden)' })))
    await admin.keyboard.press('Escape')
    await admin.locator('.q-board-queues td.is-end .ant-btn').first().press('Enter')
    await expect(admin.getByRole('dialog')).toBeVisible()
    found.push(...(await hindrances(admin, 'pause', { within: '.ant-modal' })))

    await admin.goto('/settings/simulate')
    await admin.getByRole('radio').last().check()
    await admin.locator('.st-sim-run .ant-btn').click()
    await expect(admin.locator('.st-chart svg').last()).toBeVisible()
    await admin.locator('summary').click()
    found.push(...(await hindrances(admin, 'simulation')))
    expect(found).toEqual([])
  })
}
