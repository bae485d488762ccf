import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanHtml, longestHtml } from './clean-html.ts'
import { toSentHtml, withPictures } from './show-html.ts'

const clean = (html: string): string => cleanHtml(html).html

test.each([
  ['scripts', '<script>alert(1)</script><p onclick="x()">hi</p>', '<p>hi</p>'],
  ['frames', '<iframe src="https://evil.example">in</iframe><p>hi</p>', '<p>hi</p>'],
  ['forms', '<form action="https://evil.example"><input name="p"><button>Go</button></form>', 'Go'],
  ['styles of the page', '<style>p { position: fixed }</style><p>hi</p>', '<p>hi</p>'],
  ['vector images', '<svg onload="x()"><script>y()</script></svg><p>hi</p>', '<p>hi</p>'],
  ['a link that runs', '<a href="javascript:alert(1)">hi</a>', '<a>hi</a>'],
  ['a link with a hidden scheme', '<a href="java\nscript:alert(1)">hi</a>', '<a>hi</a>'],
  ['a base', '<base href="https://evil.example/"><p>hi</p>', '<p>hi</p>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example"><p>hi</p>', '<p>hi</p>'],
])('takes out %s', (_what, html, wanted) => expect(clean(html)).toBe(wanted))

test('keeps tables and their looks, and nothing that leaves its place or calls out', () => {
  const style =
    'color:#f00;position:fixed;background:url(https://x.example/a.png);width:50%;margin:-20px;behavior:url(x);' +
    String.raw`background-color:expression(alert(1));font-family:"\75rl(x)";z-index:9;opacity:0`
  expect(clean(`<table width="100%" bgcolor="#fff"><tr><td style='${style}' colspan="2">hi</td></tr></table>`)).toBe(
    '<table width="100%" bgcolor="#fff"><tr><td style="color:#f00;width:50%" colspan="2">hi</td></tr></table>',
  )
})

test('links open elsewhere and say where they really go', () => {
  expect(clean('<a href="https://аpple.com/login">apple.com</a>')).toBe(
    '<a href="https://xn--pple-43d.com/login" target="_blank" rel="noopener noreferrer nofollow" title="xn--pple-43d.com">apple.com</a>',
  )
})

test('pictures are loaded by nobody until they are allowed', () => {
  const { html, remoteImages } = cleanHtml(
    '<img src="cid:logo%40x"><img src="https://t.example/p.gif?a=1&amp;b=2"><img src="//t.example/q"><img src="file:///etc/passwd" alt="no">' +
      '<img data-remote="https://fake.example/" data-cid="fake" src="data:image/svg+xml;base64,PHN2Zz4=">',
  )
  expect(remoteImages).toBe(2)
  expect(html).not.toMatch(/\ssrc=|fake|file:/)
  const file = (cid: string) => (cid === 'logo@x' ? '/media/1' : undefined)
  expect(withPictures(html, { file, remote: () => undefined }).match(/\ssrc="[^"]*"/g)).toEqual([' src="/media/1"'])
  const shown = withPictures(html, { file, remote: (url) => `/media/remote?u=${encodeURIComponent(url)}` })
  expect(shown).toContain(`src="/media/remote?u=${encodeURIComponent('https://t.example/p.gif?a=1&b=2')}"`)
  expect(toSentHtml(html, new Set(['logo@x']))).toBe(
    '<img src="cid:logo@x" alt="" /><img src="https://t.example/p.gif?a=1&amp;b=2" alt="" /><img src="https://t.example/q" alt="" />[no]',
  )
})

test('words that look like our marks stay words', () => {
  const html = clean('&lt;img data-cid="x"&gt; data-remote="https://x.example/"')
  expect(withPictures(html, { file: () => 'BAD', remote: () => 'BAD' })).not.toContain('BAD')
})

test('what is too much is cut, what nests too deep is flat', () => {
  expect(cleanHtml('x'.repeat(longestHtml + 1)).cut).toBe(true)
  expect(clean('<div>'.repeat(50_000)).length).toBeLessThan(5_000)
})

test('whatever comes in, no tag goes out that could do something', () => {
  const piece = fc.oneof(
    fc.constantFrom('<', '>', '"', "'", '&', '<!--', '-->', '<![CDATA[', ']]>', '\u0000', '<a href=', '<img src=', 'x'),
    fc.constantFrom(
      '<script>',
      '<style>',
      'javascript:',
      'onerror=',
      '<svg',
      '<math',
      '</title>',
      '<b style="',
      'url(',
    ),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const html = clean(pieces.join(''))
      expect(html).not.toMatch(/<(script|style|svg|math|iframe|object|form|input|base|meta|link)/i)
      for (const tag of html.match(/<[a-z][^>]*>/gi) ?? []) expect(tag).not.toMatch(/\son\w+=|="\s*javascript:|url\(/i)
    }),
  )
})
