import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { settled } from './axe.ts'
import { expect } from './test.ts'

/** The pictures of docs/screens; `npm run screens` makes them anew. Few colours, so that they stay small. */
const folder = join(import.meta.dirname, '../../docs/screens')

export const desk = { viewport: { width: 1360, height: 820 } }

export async function take(page: Page, name: string): Promise<void> {
  await settled(page)
  const png = await page.screenshot({ scale: 'css', caret: 'hide', animations: 'disabled' })
  const small = await sharp(png).png({ palette: true, colours: 96, effort: 8 }).toBuffer()
  expect(small.length, `${name} is larger than 150 KB`).toBeLessThan(150_000)
  await mkdir(folder, { recursive: true })
  await rm(join(folder, `${name}.png`), { force: true })
  await writeFile(join(folder, `${name}.png`), small)
}
