import { expect, type Locator, type Page } from '@playwright/test'

/** A phone of the playground, by the name of its channel. */
export const handset = (playground: Page, name: string): Locator =>
  playground.getByRole('region', { name: new RegExp(`^${name} (手机|phone)$`) })

export async function openPhones(page: Page, language: 'zh' | 'en' = 'zh'): Promise<Page> {
  await page.goto(`/playground/?lang=${language}`)
  await expect(
    page.getByRole('heading', { name: language === 'zh' ? '各渠道的手机' : 'Phones of every channel' }),
  ).toBeVisible()
  return page
}

export async function write(phone: Locator, text: string): Promise<void> {
  const box = phone.locator('.composer').getByRole('textbox')
  await box.fill(text)
  await box.press('Enter')
  await expect(onScreen(phone, text)).toBeVisible()
}

export const onScreen = (phone: Locator, text: string): Locator =>
  phone.getByRole('log').getByRole('listitem').filter({ hasText: text }).last()

/** What the folded part below the chat offers. */
export async function doOn(phone: Locator, act: string): Promise<void> {
  const more = phone.locator('details.more')
  if ((await more.getAttribute('open')) === null) await more.locator('summary').click()
  await more.getByRole('button', { name: act, exact: true }).click()
}

export async function attachOn(phone: Locator, what: string): Promise<void> {
  await phone.locator('details.attach summary').click()
  await phone.getByRole('button', { name: what, exact: true }).click()
}
