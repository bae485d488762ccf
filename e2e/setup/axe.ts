import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What hinders people, one line each; minor findings are left to review. */
export async function hindrances(page: Page, screen: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary = '' }) => {
        const why = failureSummary.split('\n').slice(1, 2).join('').trim()
        return `${screen}: ${id} at ${target.join(' ')}: ${why}`
      }),
    )
}

/** Fonts are there and nothing fades in any more: colours are final. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  // An empty page hinders nobody and proves nothing.
  await expect(page.locator('h1, h2, main, nav').first()).toBeVisible()
  await expect(page.locator('[aria-busy=true], .ant-skeleton')).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  })
}
