import { expect, test } from 'vitest'
import { parseInline, parseMarkup, stripMarkup } from './markup.ts'

test('inline code, bold and links become elements', () => {
  expect(parseInline('run `npm start` **now** [here](https://a.cn/x)')).toEqual([
    { type: 'text', text: 'run ' },
    { type: 'code', text: 'npm start' },
    { type: 'text', text: ' ' },
    { type: 'bold', children: [{ type: 'text', text: 'now' }] },
    { type: 'text', text: ' ' },
    { type: 'link', url: 'https://a.cn/x', children: [{ type: 'text', text: 'here' }] },
  ])
})

test('a bare link ends before Chinese punctuation', () => {
  expect(parseInline('见 https://a.cn/b。谢谢')).toContainEqual({
    type: 'link',
    url: 'https://a.cn/b',
    children: [{ type: 'text', text: 'https://a.cn/b' }],
  })
})

test('a link begins at its own bracket, whatever stands open before it', () => {
  expect(parseInline('[see [here](https://a.cn/x)')).toEqual([
    { type: 'text', text: '[see ' },
    { type: 'link', url: 'https://a.cn/x', children: [{ type: 'text', text: 'here' }] },
  ])
})

test('lists and fences are blocks, and stripping leaves the words', () => {
  expect(parseMarkup('- a\n- b').map((block) => block.type)).toEqual(['list'])
  expect(stripMarkup('**a**\n\n```\nb\n```')).toBe('a\nb')
})
