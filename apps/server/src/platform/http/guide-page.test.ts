import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels } from '@qiao/channels'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { renderGuide } from './guide-page.ts'
import { serveGuides } from './serve-guides.ts'

const root = join(import.meta.dirname, '../../../../..')

test('headings, lists, tables, code, emphasis and links become HTML, and everything is escaped', () => {
  const source = [
    '# One <b>',
    '',
    'A *word* and **two**,',
    'on [a page](https://a.example/?x=1&y="2") and [the other](other.md) and [a file](../../src/a.ts).',
    '',
    '1. first `<code>`',
    '   goes on',
    '2. second',
    '- not numbered',
    '',
    '| a | b |',
    '|---|---|',
    '| 1 \\| 2 | **3** |',
    '',
    '```json',
    '{"a": "<b>"}',
    '# no heading',
    '```',
    '## Two',
  ].join('\n')
  const page = renderGuide(source)
  expect(page).toContain('<title>One &lt;b&gt; · Qiao</title>')
  expect(page).toContain('<h1>One &lt;b&gt;</h1>')
  expect(page).toContain(
    '<em>word</em> and <strong>two</strong>, on <a href="https://a.example/?x=1&amp;y=&quot;2&quot;"',
  )
  expect(page).toContain('<a href="/api/docs/channels/other">the other</a> and a file.')
  expect(page).toContain('<li>first <code>&lt;code&gt;</code> goes on</li><li>second</li>')
  expect(page.replaceAll(/\s+/g, ' ')).toContain('<td>1 | 2</td><td><strong>3</strong></td>')
  expect(page).toContain('<pre><code>{&quot;a&quot;: &quot;&lt;b&gt;&quot;}\n# no heading</code></pre>')
  expect(page).toContain('<h2>Two</h2>')
})

test('every channel has its guide, and nothing else can be read', async () => {
  const app = fastify()
  serveGuides(app, root)
  for (const { about } of channels) {
    const page = await app.inject(`/api/docs/channels/${about.docs}`)
    expect({ id: about.id, status: page.statusCode }).toEqual({ id: about.id, status: 200 })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).toContain('<h1>')
    // What is not understood would stand there as it is written.
    expect(page.body.replaceAll(/<(pre|code)>[\s\S]*?<\/\1>/g, '')).not.toMatch(/\*\*|^\||```/m)
  }
  expect(readdirSync(join(root, 'docs/channels'))).toContain('open-example.ts')
  for (const page of ['nowhere', '..%2Fapi', 'open-example.ts', 'open-example', 'README']) {
    expect((await app.inject(`/api/docs/channels/${page}`)).statusCode).not.toBe(200)
  }
})

test('a channel can bring its guide along', async () => {
  const own = await mkdtemp(join(tmpdir(), 'qiao-guides-'))
  onTestFinished(() => rm(own, { recursive: true }))
  await mkdir(join(own, 'packages/channels/src/pigeon'), { recursive: true })
  await writeFile(join(own, 'packages/channels/src/pigeon/guide.md'), '# Pigeons')
  await writeFile(join(own, 'packages/channels/src/pigeon/README.md'), '# For engineers')
  const app = fastify()
  serveGuides(app, own)
  expect((await app.inject('/api/docs/channels/pigeon')).body).toContain('<h1>Pigeons</h1>')
  expect((await app.inject('/api/docs/channels/dove')).statusCode).not.toBe(200)
})
