import type { MessageContent } from '@qiao/protocol'
import * as fc from 'fast-check'

const id = '0190a6b0-0000-7000-8000-000000000001'
const url = 'https://shop.example/a?b=1'

/** One of each kind, of ordinary size. */
export const sampleContents: readonly MessageContent[] = [
  { type: 'text', text: 'Hello **there**', markup: 'light' },
  { type: 'image', attachment: { id, name: 'cup.jpg', mime: 'image/jpeg', bytes: 20_000, width: 400, height: 300 } },
  { type: 'audio', attachment: { id, name: 'note.amr', mime: 'audio/amr', bytes: 9_000, durationMs: 4_000 } },
  { type: 'video', attachment: { id, name: 'clip.mp4', mime: 'video/mp4', bytes: 900_000, durationMs: 9_000 } },
  { type: 'file', attachment: { id, name: 'invoice.pdf', mime: 'application/pdf', bytes: 50_000 } },
  { type: 'location', latitude: 31.23, longitude: 121.47, title: '外滩', address: '上海市黄浦区中山东一路' },
  {
    type: 'contact',
    name: '王芳',
    phones: ['+86 138 0000 1234', '+86 21 5555 0000'],
    emails: ['fang@example.com'],
    organisation: '山茶集',
  },
  { type: 'card', title: '龙井茶', text: '今年的新茶', imageUrl: `${url}.jpg`, buttons: [{ label: '看看', url }] },
  {
    type: 'card',
    title: '您的订单',
    text: '点击查看',
    buttons: [{ label: '网页', url }],
    miniProgram: { appId: 'wx1234567890abcdef', path: 'pages/order?id=1' },
  },
  {
    type: 'menu',
    text: '请选择',
    style: 'list',
    options: [
      { id: 'a', label: '退货' },
      { id: 'b', label: '换货' },
    ],
  },
  { type: 'form', title: '联系方式', fields: [{ name: 'phone', label: '电话', type: 'phone', required: true }] },
  { type: 'form-response', title: '', values: [{ name: 'phone', label: '电话', value: '13800001234' }] },
  { type: 'product', sku: 'LJ-1', title: '龙井茶 50 克', priceMinorUnits: 12_800, currency: 'CNY', url },
  { type: 'order', number: 'A-2041', status: '已发货', lines: [{ title: '龙井茶', quantity: 2 }], url },
  { type: 'article', title: '如何退货', excerpt: '七天内可退', url },
  { type: 'call', medium: 'voice', direction: 'in', outcome: 'answered', durationSeconds: 61 },
  { type: 'template', name: 'order_sent', language: 'zh_CN', parameters: ['A-2041'], text: '您的订单 A-2041 已发货' },
  {
    type: 'mail',
    subject: '茶叶到货了吗？',
    from: null,
    to: [{ name: '王芳', address: 'fang@example.com' }],
    cc: [],
    bcc: [],
    text: '明天到货。',
    attachments: [],
    warnings: [],
  },
  { type: 'unsupported', summary: 'A poll' },
]

/**
 * Any words of up to so many UTF-16 units. Generated strings are short however long they may be, so that long ones are
 * made by repeating them: with spaces, lines, sentences or nothing between.
 */
export const words = (most: number): fc.Arbitrary<string> => {
  const short = fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 40) })
  const long = fc
    .record({
      piece: short,
      length: fc.integer({ min: 1, max: most }),
      between: fc.constantFrom('', ' ', '\n', '。', '. '),
    })
    .map(({ piece, length, between }) => {
      const times = Math.max(1, Math.floor((length + between.length) / (piece.length + between.length)))
      return Array.from({ length: times }, () => piece).join(between)
    })
  return fc.oneof(short, long).filter((text) => text.trim() !== '' && text.length <= most)
}
const attachment = fc.record({
  id: fc.constant(id),
  name: words(80),
  mime: fc.constantFrom(
    'image/jpeg',
    'image/webp',
    'image/gif',
    'audio/amr',
    'audio/ogg',
    'video/mp4',
    'video/quicktime',
    'application/pdf',
    'application/zip',
  ),
  bytes: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 300_000_000 })),
  durationMs: fc.integer({ min: 0, max: 600_000 }),
})

export const everyAttachment = fc.record({
  type: fc.constantFrom('image' as const, 'audio' as const, 'video' as const, 'file' as const),
  attachment,
  caption: fc.oneof(fc.constant(''), words(100), words(3_000)),
})

/** Anything that an agent or a bot can send, up to the limits of the protocol. */
export const everyContent: fc.Arbitrary<MessageContent> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    text: words(9_000),
    markup: fc.constantFrom('none' as const, 'light' as const),
  }),
  everyAttachment,
  fc.record({
    type: fc.constant('location' as const),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    title: words(200),
    address: words(500),
  }),
  fc.record({
    type: fc.constant('card' as const),
    title: words(200),
    text: words(4_000),
    buttons: fc.array(fc.record({ label: words(60), url: fc.constant(url) }), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('card' as const),
    title: words(200),
    buttons: fc.array(fc.record({ label: words(60), url: fc.constant(url) }), { maxLength: 1 }),
    miniProgram: fc.record({ appId: fc.constant('wx1'), path: words(200) }),
  }),
  fc.record({
    type: fc.constant('menu' as const),
    text: words(4_000),
    style: fc.constantFrom('list' as const, 'quick' as const),
    options: fc.uniqueArray(fc.record({ id: words(64), label: words(100) }), {
      minLength: 1,
      maxLength: 20,
      selector: (option) => option.id,
    }),
  }),
  fc.record({
    type: fc.constant('template' as const),
    name: fc.constantFrom('order_sent', 'SMS_154950909'),
    language: fc.constantFrom('zh_CN', 'en_US'),
    parameters: fc.array(words(300), { maxLength: 5 }),
    text: words(1_500),
  }),
  fc.constantFrom(...sampleContents),
)
