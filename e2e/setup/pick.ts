import type { Locator, Page } from '@playwright/test'

/** Chooses from the list that a field has unfolded, once it stands still: while it grows a click lands beside what was meant. */
export const pick = (page: Page, option: string): Promise<void> =>
  page
    .locator('.ant-select-dropdown:visible:not([class*="ant-slide-"])')
    .getByTitle(option, { exact: true })
    .last()
    .click()

/**
 * The same with the field itself. A long list draws only what is in sight, so the option is looked for by its words
 * where the field takes some; a list from which several are chosen stays open, and is closed.
 */
export async function pickFrom(field: Locator, option: string): Promise<void> {
  await field.click()
  if (await field.isEditable()) await field.fill(option)
  await pick(field.page(), option)
  if ((await field.getAttribute('aria-expanded')) === 'true') await field.press('Escape')
}
