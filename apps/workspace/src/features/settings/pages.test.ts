import { describe, expect, it } from 'vitest'
import { pageOfPath, pages, pagesFor } from './pages.ts'
import { words } from './words.ts'

describe('pages', () => {
  it('shows administrators all and agents only what they may read', () => {
    expect(pagesFor('admin')).toHaveLength(pages.length)
    const agents = ['inboxes', 'hours', 'queues', 'skills', 'capacity', 'codes', 'staff', 'teams']
    expect(pagesFor('agent').map((page) => page.key)).toEqual(agents)
    expect(pagesFor('lead').map((page) => page.key)).toEqual(agents.toSpliced(6, 0, 'simulate'))
  })
  it('finds the page of a path', () => {
    expect(pageOfPath('/settings/webhooks/42')?.key).toBe('webhooks')
    expect(pageOfPath('/settings/profile')).toBeNull()
  })
  it('has a name for each', () => {
    for (const page of pages) expect(words.en[`page.${page.key}`]).toBeTruthy()
  })
})
