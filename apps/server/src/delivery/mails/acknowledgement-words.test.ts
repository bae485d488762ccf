import { type InboxSettings, inboxSettings } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { acknowledgementWords } from './acknowledgement-words.ts'

const own = { on: true, zh: '已收到 {number}，{expected}回复', en: 'Got #{number}, {expected}' }
const say = (settings: InboxSettings, written: string, language: string | null = null) =>
  acknowledgementWords(settings, { language, written }, { number: 7, company: 'Camellia' })
const settings = inboxSettings.parse({ mail: { acknowledgement: own } })

test.each([
  ['注文の件', 'メッセージを受け取りました（番号 7）'],
  ['配送状況について教えてください', 'メッセージを受け取りました（番号 7）'],
  ['배송 문의', '번호 7'],
  ['Где мой заказ?', 'Его номер: 7'],
  ['أين طلبي؟', 'رقمها 7'],
  ['Đơn hàng của tôi', 'Mã số là 7'],
  ['我的订单', '已收到 7，尽快回复'],
  ['Where is my order?', 'Got #7, as soon as possible'],
])('%s', (written, wanted) => expect(say(settings, written)).toContain(wanted))

test('a company that has written nothing of its own says it all the same', () => {
  const bare = inboxSettings.parse({ mail: { acknowledgement: { on: true } } })
  expect(say(bare, '我的订单')).toBe('谢谢，您的留言已收到，编号 7。我们会尽快回复您。')
  expect(say(bare, 'My order')).toContain('Its number is 7.')
  const taiwan = inboxSettings.parse({ defaultLocale: 'zh-TW', mail: { acknowledgement: { on: true } } })
  expect(say(taiwan, '我的訂單')).toContain('編號 7')
})

test('texts of any language, by what is known of the customer or by their letters', () => {
  const many = inboxSettings.parse({
    mail: { acknowledgement: own },
    acknowledgements: [
      { language: 'th', text: '{company} ได้รับแล้ว {number}' },
      { language: 'nl', text: '{company}: nummer {number}, {expected}', expected: 'binnen een dag' },
      { language: 'en', text: 'From the list: {number}' },
    ],
  })
  expect(say(many, 'สินค้าอยู่ที่ไหน')).toBe('Camellia ได้รับแล้ว 7')
  expect(say(many, 'Waar is mijn pakje?', 'nl-BE')).toBe('Camellia: nummer 7, binnen een dag')
  expect(say(many, 'Where is it?')).toBe('From the list: 7')
  expect(say(many, '我的订单')).toBe('已收到 7，尽快回复')
  // What is known of the customer counts for more than the letters of a name.
  expect(say(many, '王芳 wrote', 'en-GB')).toBe('From the list: 7')
})
