import { hindrances } from '../setup/axe.ts'
import { startQiao } from '../setup/qiao-server.ts'
import { routingScreens } from '../setup/screens.ts'
import { callApi, expect, test } from '../setup/test.ts'

/** What is not a screen of its own: menus, dialogs and pages that only a fresh system or a live link shows. */
const languages = ['zh-CN', 'en'] as const

for (const language of languages) {
  test(`what opens in a conversation hinders nobody: ${language}`, async ({ agent, stranger }) => {
    const found: string[] = []
    const admin = await agent('shen', { locale: language })
    await callApi(admin, 'PATCH', '/me', { preferences: { language } })
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
    await picture.click()
    await expect(admin.getByRole('dialog').getByRole('img').first()).toBeVisible()
    found.push(...(await hindrances(admin, 'lightbox', { within: '[role=dialog]' })))
    expect(found).toEqual([])
  })
}

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
    const admin = await agent('shen', { locale: language })
    await callApi(admin, 'PATCH', '/me', { preferences: { language } })
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
