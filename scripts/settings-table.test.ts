import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { settingsTable } from './settings-table.mjs'

test('docs/operations/settings.md is current (npm run generate)', () => {
  const document = readFileSync(new URL('../docs/operations/settings.md', import.meta.url), 'utf8')
  expect(document).toBe(settingsTable())
  expect(document).toContain('| `PORT` |')
})
