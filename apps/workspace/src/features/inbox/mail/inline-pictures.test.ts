import type { MailFile } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { filesBelow, isWorthSeeing, picturesWithin, remotePictures } from './inline-pictures.ts'

const file = (id: string, part: Partial<MailFile> = {}): MailFile => ({
  id,
  name: id,
  mime: 'x/x',
  bytes: 1,
  kind: 'image',
  ...part,
})

test('what cannot be seen within the words stands below them, even if it has a name there', () => {
  const files = [file('photo'), file('logo', { cid: 'logo' }), file('list', { kind: 'file', cid: 'f_list' })]
  expect(filesBelow(files).map(({ id }) => id)).toEqual(['photo', 'list'])
})

test('the words have the pictures that they show, not those of their history, nor what is no picture', () => {
  const files = [
    file('crack', { cid: 'crack&"1"' }),
    file('old', { cid: 'old' }),
    file('list', { kind: 'file', cid: 'list' }),
    file('photo'),
  ]
  const html = '<p><img src="/media/x" data-cid="crack&amp;&quot;1&quot;" alt="" /><img data-cid="list" alt="" /></p>'
  expect(picturesWithin(html, files).map(({ id }) => id)).toEqual(['crack'])
  expect(picturesWithin(null, files)).toEqual([])
})

test.each([
  [1, 1, false],
  [600, 2, false],
  [120, 60, false],
  [600, 28, true],
  [1280, 960, true],
  [undefined, undefined, false],
])('a picture of %s × %s is worth seeing: %s', (width, height, wanted) => {
  expect(isWorthSeeing({ width, height })).toBe(wanted)
})

test('pictures from elsewhere are counted in each part', () => {
  expect(
    remotePictures('<img data-remote="https://a.example/1" alt="" /><img alt="" data-remote="x"><img src="/y">'),
  ).toBe(2)
  expect(remotePictures('<p> data-remote="x"</p>')).toBe(0)
  expect(remotePictures(null)).toBe(0)
})
