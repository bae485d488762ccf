import { expect, test } from 'vitest'
import { asHtml, frameDocument } from './frame-document.ts'

test('a mail in its frame may run nothing and load nothing from elsewhere', () => {
  const page = frameDocument('<p>Tea</p>', 'en')
  const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(page)?.[1] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('script-src')
  expect(policy).not.toMatch(/https?:/u)
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<p>Tea</p>'))
})

test('plain words stay words', () => {
  expect(asHtml('One\ntwo\n\n\n<b>&"three"')).toBe('<p>One<br>two</p><p>&lt;b&gt;&amp;&quot;three&quot;</p>')
  expect(asHtml(' \n\n')).toBe('')
})
