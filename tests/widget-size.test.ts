import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chat } from '../apps/widget/vite.config.ts'
import { loader } from '../apps/widget/vite.loader.config.ts'
import { measureWidget, type WidgetSize } from '../bench/support/widget-size.ts'

const root = join(import.meta.dirname, '../apps/widget')
let dist = ''
let size: WidgetSize

// Built afresh, so that the test says something about the sources and not about what lies in dist.
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'qiao-widget-'))
  // Else the build carries what only helps developers.
  vi.stubEnv('NODE_ENV', 'production')
  const shared = { root, logLevel: 'error' } as const
  await build({ ...loader, ...shared, build: { ...loader.build, outDir: dist } })
  await build({ ...chat, ...shared, configFile: false, build: { ...chat.build, outDir: join(dist, 'chat') } })
  size = await measureWidget(dist)
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(dist, { recursive: true, force: true })
})

describe('the visitor’s bytes', () => {
  it('stay within 5 KB while the chat is closed', () => {
    expect(size.closed).toBeLessThanOrEqual(5 * 1024)
  })

  it('stay within 45 KB once it is open, the loader included', () => {
    expect(size.opened).toBeLessThanOrEqual(45 * 1024)
  })

  it('do not hold the schemas, the other languages, or what only some ever need', () => {
    const later = size.files.filter(({ when }) => when === 'later').map(({ name }) => name)
    const languages = later.filter((name) => /\/(zh-cn|zh-tw|en|ja|ko|es|fr|de|pt-br|ru|ar|vi)-/.test(name))
    expect(languages).toHaveLength(11)
    for (const part of [
      'emoji-picker',
      'record',
      'queue-strip',
      'survey',
      'menu-acts',
      'continue-in',
      'put-file',
      'leave-form',
      'left-message',
    ]) {
      expect(later.join()).toContain(part)
    }
  })
})
