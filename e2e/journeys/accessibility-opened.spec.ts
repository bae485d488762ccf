import { hindrances, settled } from '../setup/axe.ts'
import { startQiao } from '../setup/qiao-server.ts'
import { callApi, expect, test } from '../setup/test.ts'

/** What is not a screen of its own: menus, dialogs and pages that only a fresh system or a live link shows. */
const looks = (['zh-CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
)

for (const { language, theme } of looks) {
  test(`what opens in a conversation hinders nobody: ${language}, ${theme}`, async ({ agent, stranger }) => {
    const found: string[] = []
    const admin = await agent('shen', { locale: language, colorScheme: theme })
    await callApi(admin, 'PATCH', '/me', { preferences: { language, theme } })
    const invited = { email: `${language}-${theme}@example.com`, role: 'agent', teamIds: [] }
    const { link } = await callApi<{ link: string }>(admin, 'POST', '/invitations', invited)
    const guest = await stranger({ locale: language, colorScheme: theme })
    await guest.goto(link)
    await expect(guest.getByText(invited.email)).toBeVisible()
    await settled(guest)
    found.push(...(await hindrances(guest, 'invitation')))

    await admin.goto('/inbox/all')
    const picture = admin.getByRole('button', { name: /^(查看大图|View) .*/ }).first()
    await admin.getByRole('link', { name: /赵可/ }).first().click()
    await expect(picture).toBeVisible()
    const acts = admin.getByRole('toolbar').first()
    for (const [place, name] of ['assign', 'transfer', 'tags', 'snooze'].entries()) {
      await acts.getByRole('button').nth(place).click()
      await expect(admin.locator('.ant-popover:visible')).toHaveCount(1)
      await settled(admin)
      found.push(...(await hindrances(admin, name)))
      await admin.keyboard.press('Escape')
      await expect(admin.locator('.ant-popover:visible')).toHaveCount(0)
    }
    const menus = [acts.locator('.ant-dropdown-trigger').first(), acts.locator('.ant-dropdown-trigger').last()]
    for (const trigger of [...menus, admin.locator('.q-rail .ant-dropdown-trigger')]) {
      await trigger.click()
      await expect(admin.getByRole('menu').last()).toBeVisible()
      await settled(admin)
      found.push(...(await hindrances(admin, `menu ${await trigger.getAttribute('aria-label')}`)))
      await admin.keyboard.press('Escape')
      await expect(admin.locator('.ant-dropdown:visible')).toHaveCount(0)
    }
    await picture.click()
    await expect(admin.getByRole('dialog').getByRole('img').first()).toBeVisible()
    await settled(admin)
    found.push(...(await hindrances(admin, 'lightbox')))
    expect(found).toEqual([])
  })
}

test('the set-up of an empty system hinders nobody', async ({ stranger }) => {
  const server = await startQiao({ demo: false })
  try {
    const found: string[] = []
    for (const { language, theme } of looks) {
      const page = await stranger({ baseURL: server.url, locale: language, colorScheme: theme })
      await page.goto('/setup')
      await expect(page.locator('input[type=email]')).toBeVisible()
      await settled(page)
      found.push(...(await hindrances(page, `setup ${language} ${theme}`)))
    }
    expect(found).toEqual([])
  } finally {
    await server.stop()
  }
})
