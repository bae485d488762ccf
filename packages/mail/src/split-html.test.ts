import { expect, test } from 'vitest'
import { splitHtml } from './split-html.ts'

const own = '<div>It arrived, thank you.</div>'

test.each([
  [
    'Gmail',
    '<br><div class="gmail_quote"><div class="gmail_attr">On Monday Fang wrote:</div><blockquote>old</blockquote></div>',
  ],
  [
    'Apple Mail',
    '<div>On 5 Jan 2026, at 10:00, Wang Fang &lt;fang@example.com&gt; wrote:</div><blockquote type="cite">old</blockquote>',
  ],
  [
    'Outlook',
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p>From: Fang</p></div><p>old</p>',
  ],
  ['QQ', '<div>------------------ 原始邮件 ------------------</div><div>old</div>'],
  ['a marked end', '<div id="appendonsend"></div><hr><p>old</p>'],
])('what follows in %s is history', (_name, history) => {
  const split = splitHtml(`<html><body>${own}${history}</body></html>`)
  expect(split.own).toContain('It arrived')
  expect(split.own).not.toMatch(/old|wrote:|原始邮件|From:/)
  expect(split.quoted).toContain('old')
})

test('the line that introduces a quote goes with it', () => {
  const { quoted } = splitHtml(
    `${own}<div>On 5 Jan 2026, at 10:00, Wang Fang &lt;fang@example.com&gt; wrote:</div><blockquote type="cite">old</blockquote>`,
  )
  expect(quoted).toMatch(/^<div>On 5 Jan/)
})

test('answers between quotes stay with what they answer; the last quote without one goes', () => {
  const html =
    '<blockquote>is it red?</blockquote><p>yes</p><blockquote>is it big?</blockquote><p>no</p><blockquote>bye</blockquote>'
  const split = splitHtml(html)
  expect(split.own).toBe(html.slice(0, html.lastIndexOf('<blockquote>')))
  expect(split.quoted).toBe('<blockquote>bye</blockquote>')
})

test('a mail that is nothing but history, or has none, is left whole', () => {
  for (const html of ['<blockquote>old</blockquote>', own, '', '<style>p{}</style><div class="gmail_quote">old</div>'])
    expect(splitHtml(html)).toEqual({ own: html, quoted: null })
})

test('nesting and length cost no more than reading', () => {
  const deep = '<div>'.repeat(100_000)
  expect(splitHtml(`hello${deep}`).quoted).toBeNull()
  const many = '<blockquote>x</blockquote>y'.repeat(50_000)
  expect(splitHtml(many).quoted).toBeNull()
})
