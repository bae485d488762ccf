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
    expect(splitHtml(html)).toEqual({ own: html, signature: null, quoted: null })
})

test('nesting and length cost no more than reading', () => {
  const deep = '<div>'.repeat(100_000)
  expect(splitHtml(`hello${deep}`).quoted).toBeNull()
  const many = '<blockquote>x</blockquote>y'.repeat(50_000)
  expect(splitHtml(many).quoted).toBeNull()
})

const wrote = '<div>On 5 Jan 2026, at 10:00, Wang Fang &lt;fang@example.com&gt; wrote:</div>'

test.each([
  [
    'Gmail',
    '<br><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature"><b>Wang</b> Fang</div>',
  ],
  ['Outlook', '<div id="Signature"><p>Wang Fang</p><p>Sales</p></div>'],
  ['Foxmail', '<div class="foxmail_sign"><hr>王芳<br>销售部</div>'],
  ['Thunderbird', '<pre class="moz-signature">-- \nWang Fang</pre>'],
  ['a delimiter', '<div>-- </div><div>Wang Fang</div><div>Tel. 8888</div>'],
  ['a phone', '<div><br></div><div>Sent from my iPhone</div>'],
])('what signs in %s is taken off, above the history and without one', (_name, signature) => {
  for (const history of ['', `${wrote}<blockquote type="cite">old</blockquote>`]) {
    const split = splitHtml(`<html><body>${own}${signature}${history}</body></html>`)
    expect(split.own).toContain('It arrived')
    expect(split.own).not.toMatch(/Fang|王芳|iPhone|Tel|--/)
    expect(split.signature).toMatch(/Fang|王芳|iPhone/)
    expect(split.signature).not.toMatch(/old|wrote/)
    expect(split.quoted ?? '').toBe(history === '' ? '' : `${history}</body></html>`)
  }
})

test('who goes on writing below their name has not signed yet', () => {
  for (const html of [
    `${own}<div class="gmail_signature">Fang</div><p>PS: thank you</p>`,
    `${own}<div>Sent from my iPhone</div><p>PS: thank you</p>`,
    `${own}<p>--</p>${'<p>a long list</p>'.repeat(40)}`,
    '<div class="gmail_signature">Fang</div>',
    `<div class="Signature">all of it <p>${own}</p></div>`,
  ])
    expect(splitHtml(html)).toEqual({ own: html, signature: null, quoted: null })
  const answered = `${own}<p>--</p><p>Fang</p><blockquote>red?</blockquote><p>yes</p>`
  expect(splitHtml(answered).own).toBe(answered)
})

test.each([
  [
    'Outlook without its line',
    '<div><p><b>From:</b> Fang &lt;f@shop.example&gt;<br><b>Sent:</b> Monday, 5 January 2026<br><b>To:</b> Li<br><b>Subject:</b> Tea</p></div><p>old</p>',
  ],
  [
    'a table of headers',
    '<table><tr><td>发件人:</td><td>王芳</td></tr><tr><td>发送时间:</td><td>2026年1月5日</td></tr><tr><td>收件人:</td><td>李</td></tr><tr><td>主题:</td><td>茶</td></tr></table><p>old</p>',
  ],
])('headers that are printed begin the history: %s', (_name, history) => {
  const split = splitHtml(`${own}<div class="gmail_signature">Fang Sales</div>${history}`)
  expect(split.own).toBe(own)
  expect(split.signature).toContain('Fang Sales')
  expect(split.quoted).toMatch(/(?:From:|发件人:).*old/)
})

test('a form about a journey prints no headers', () => {
  const html = `${own}<p>From: Beijing</p><p>To: Shanghai</p><p>Date: 5 January 2026</p><p>Thank you</p>`
  expect(splitHtml(html)).toEqual({ own: html, signature: null, quoted: null })
})
