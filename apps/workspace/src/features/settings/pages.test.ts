import { roles } from '@qiao/protocol'
import { describe, expect, it } from 'vitest'
import { pageOfPath, pages, pagesFor } from './pages.ts'
import { words } from './words.ts'

describe('pages', () => {
  it('shows administrators all and agents only what they may read', () => {
    expect(pagesFor('admin')).toHaveLength(pages.length)
    for (const role of roles.filter((one) => one !== 'admin')) {
      expect(pagesFor(role).map((page) => page.key)).toEqual(['inboxes', 'hours', 'staff', 'teams'])
    }
  })
  it('finds the page of a path', () => {
    expect(pageOfPath('/settings/webhooks/42')?.key).toBe('webhooks')
    expect(pageOfPath('/settings/profile')).toBeNull()
  })
  it('has a name for each', () => {
    for (const page of pages) expect(words.en[`page.${page.key}`]).toBeTruthy()
  })
})
