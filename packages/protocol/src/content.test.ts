import { expect, test } from 'vitest'
import { contentPreview, contentToText } from './content-text.ts'
import { agentContent, messageContent, type MessageContentInput, visitorContent } from './content.ts'

const id = '00000000-0000-7000-8000-000000000001'
const attachment = { id, name: 'cat.png', mime: 'image/png', bytes: 1 }
const url = 'https://shop.example/tea'

/** One of each kind, as it comes over the wire, and its words. A kind without a row fails the first test. */
const samples: { [Type in MessageContentInput['type']]: [Extract<MessageContentInput, { type: Type }>, string] } = {
  text: [{ type: 'text', text: '**茶** is [here](https://a.example)', markup: 'light' }, '茶 is here'],
  image: [{ type: 'image', attachment }, '[image] cat.png'],
  audio: [{ type: 'audio', attachment: { ...attachment, durationMs: 900 } }, '[audio] cat.png'],
  video: [{ type: 'video', attachment, caption: 'how it leaks' }, '[video] how it leaks'],
  file: [{ type: 'file', attachment }, '[file] cat.png'],
  location: [{ type: 'location', latitude: 30.2, longitude: 120.1, title: '门店' }, '[location] 门店'],
  contact: [
    {
      type: 'contact',
      name: '王芳',
      phones: ['+86 138 0000 1234'],
      emails: ['fang@example.com'],
      organisation: '山茶集',
    },
    '王芳 · 山茶集 · +86 138 0000 1234 · fang@example.com',
  ],
  card: [{ type: 'card', title: 'Spring tea', text: 'New', buttons: [{ label: 'See', url }] }, 'Spring tea · New'],
  menu: [
    {
      type: 'menu',
      text: 'About what?',
      style: 'quick',
      options: [
        { id: 'a', label: 'Order' },
        { id: 'b', label: 'Other' },
      ],
    },
    'About what? (Order / Other)',
  ],
  form: [
    { type: 'form', title: 'Address', fields: [{ name: 'street', label: 'Street', type: 'text' }] },
    '[form] Address',
  ],
  'form-response': [
    {
      type: 'form-response',
      title: '',
      values: [
        { name: 'a', label: '姓名', value: '李娜' },
        { name: 'b', label: 'Order', value: '7' },
      ],
    },
    '姓名: 李娜\nOrder: 7',
  ],
  product: [
    { type: 'product', sku: 'T-1', title: 'Longjing', priceMinorUnits: 100, currency: 'CNY' },
    '[product] Longjing · T-1',
  ],
  order: [
    { type: 'order', number: '42', status: 'shipped', lines: [{ title: 'Tea', quantity: 2 }] },
    '[order] 42 · shipped',
  ],
  article: [{ type: 'article', title: 'Brewing', excerpt: '80 °C', url }, 'Brewing · 80 °C'],
  call: [
    { type: 'call', medium: 'voice', direction: 'in', outcome: 'answered', durationSeconds: 65 },
    '[voice call] answered 1:05',
  ],
  template: [
    { type: 'template', name: 'shipped', language: 'en', parameters: ['42'], text: 'Your order 42 is on its way' },
    'Your order 42 is on its way',
  ],
  mail: [
    {
      type: 'mail',
      subject: '茶叶到货了吗？',
      from: { name: '王芳', address: 'fang@example.com' },
      to: [{ name: '', address: 'help@shop.example' }],
      text: '请告诉我。',
    },
    '茶叶到货了吗？ · 请告诉我。',
  ],
  'left-message': [
    {
      type: 'left-message',
      text: '发票抬头写错了',
      topic: { key: 'invoice', label: '发票' },
      values: [{ name: 'order', label: '订单号', value: 'CM-1' }],
      answerBy: { way: 'mail', address: 'fang@example.com' },
    },
    '发票 · 发票抬头写错了 · 订单号: CM-1',
  ],
  unsupported: [{ type: 'unsupported', summary: 'a sticker', raw: { kind: 'sticker' } }, '[unsupported] a sticker'],
}

const typesOf = (schema: typeof messageContent | typeof visitorContent | typeof agentContent): string[] =>
  schema.options.map((option) => option.shape.type.value)

test('every kind of message has a sample here', () => {
  expect(Object.keys(samples).toSorted()).toEqual(typesOf(messageContent).toSorted())
})

test.each(Object.values(samples))('$type is taken as it is and has words of its own', (sample, words) => {
  const content = messageContent.parse(sample)
  expect(content).toMatchObject(sample)
  expect(contentToText(content)).toBe(words)
  expect(contentPreview(content)).toBe(words.replace('\n', ' '))
})

test('visitors send no cards, menus or calls; agents nothing that only channels know', () => {
  const refused = (schema: typeof visitorContent | typeof agentContent): string[] =>
    Object.values(samples).flatMap(([sample]) => (schema.safeParse(sample).success ? [] : [sample.type]))
  expect(refused(visitorContent)).toEqual([
    'contact',
    'card',
    'menu',
    'form',
    'article',
    'call',
    'template',
    'mail',
    'left-message',
    'unsupported',
  ])
  expect(refused(agentContent)).toEqual(['form-response', 'call', 'left-message', 'unsupported'])
})

test.each([
  ['an empty text', { type: 'text', text: ' \n' }],
  ['too long a text', { type: 'text', text: 'x'.repeat(10_001) }],
  ['U+0000', { type: 'text', text: 'a\u0000b' }],
  ['a script behind a button', { type: 'card', title: 'x', buttons: [{ label: 'x', url: 'javascript:alert(1)' }] }],
  ['a picture in the address', { type: 'card', title: 'x', imageUrl: 'data:image/svg+xml,<svg/>' }],
  ['a link without a site', { type: 'article', title: 'x', url: '/admin' }],
  ['a place beyond the pole', { type: 'location', latitude: 91, longitude: 0 }],
  ['a menu without options', { type: 'menu', text: 'x', options: [] }],
  ['a kind that does not exist', { type: 'html', text: '<b>x</b>' }],
])('%s is refused', (_what, content) => {
  expect(messageContent.safeParse(content).success).toBe(false)
})

test('a preview is one line, cut between characters', () => {
  const content = messageContent.parse({ type: 'text', text: `${'🎉'.repeat(200)}\n\nend` })
  expect(contentPreview(content, 10)).toBe(`${'🎉'.repeat(9)}…`)
  expect(contentPreview(messageContent.parse({ type: 'text', text: 'a\n\n  b' }))).toBe('a b')
})
