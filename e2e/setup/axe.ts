import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { quiet } from './requests.ts'

/** What of a page looks another way in the dark; all else is the same there. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** Each screen in both lights in each language takes minutes; one light for each language finds nearly all of it. */
export const thorough = process.env['E2E_THOROUGH'] === 'on'

interface Scope {
  /** A selector: only what it names, where the rest of the page was looked at before. */
  within?: string
  /** The page is light always. */
  onlyLight?: boolean
}

/**
 * What hinders people, one line each; minor findings are left to review. Chinese pages are looked at in the light, all others
 * in the dark; with E2E_THOROUGH=on each in both.
 */
export async function hindrances(page: Page, screen: string, scope: Scope = {}): Promise<string[]> {
  const { within, onlyLight = false } = scope
  await settled(page)
  const chinese = (await page.locator('html').getAttribute('lang'))?.startsWith('zh') ?? false
  if (!thorough) {
    // It stays dark: changing the light twice for each screen would take as long as looking at it.
    const dark = !onlyLight && !chinese
    if (dark) await putOn(page, 'dark')
    return seriousOf(await look(page, within), dark ? `${screen}, dark` : screen)
  }
  const inTheLight = seriousOf(await look(page, within), screen)
  if (onlyLight) return inTheLight
  await putOn(page, 'dark')
  const inTheDark = await look(page, within, colourRules)
  await putOn(page, 'light')
  return [...inTheLight, ...seriousOf(inTheDark, `${screen}, dark`)]
}

interface Found {
  /** Rules that had something to look at. */
  looked: number
  violations: { id: string; impact: string | null; nodes: { target: string[]; why: string }[] }[]
}

/**
 * Axe is brought into a page and its frames once, and only what is wrong comes back: both for each look took most of the time
 * of the package that does this.
 */
async function look(page: Page, within?: string, rules?: readonly string[]): Promise<Found> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(`'axe' in window`))) await frame.evaluate(`${axe.source}; undefined`)
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) }
  return page.evaluate<Found>(`axe
    .run(${within ? JSON.stringify({ include: [[within]] }) : 'document'}, ${JSON.stringify(options)})
    .then(({ violations, passes, incomplete }) => ({
      looked: violations.length + passes.length + incomplete.length,
      violations: violations.map(({ id, impact, nodes }) => ({
        id,
        impact: impact ?? null,
        nodes: nodes.slice(0, 3).map(({ target, failureSummary = '' }) => ({
          target: target.map(String),
          why: failureSummary.split('\\n').slice(1, 2).join('').trim(),
        })),
      })),
    }))`)
}

const seriousOf = ({ violations, looked }: Found, screen: string): string[] => {
  // An analysis that looked at nothing finds nothing wrong.
  expect(looked, screen).toBeGreaterThan(0)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, why }) => `${screen}: ${id} at ${target.join(' ')}: ${why}`))
}

/** As the system of the person says; every page follows it unless somebody chose otherwise. */
async function putOn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  await settled(page)
}

/** Fonts are there and nothing fades in any more: colours are final. */
export async function settled(page: Page): Promise<void> {
  await quiet(page)
  // An empty page hinders nobody and proves nothing.
  await expect(page.locator('h1, h2, main, nav').first()).toBeVisible()
  await expect(page.locator('[aria-busy=true], .ant-skeleton')).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  })
}
