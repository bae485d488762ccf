import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const word = fc.stringMatching(/^[\p{L}\d]{1,12}$/u).map((text) => text.normalize('NFC'))
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '))
const bytes = fc.uint8Array({ maxLength: 4000 })

const composed = fc.record({
  subject: words,
  name: words,
  text: words,
  html: fc.option(words, { nil: undefined }),
  textEncoding: fc.constantFrom('base64' as const, 'quoted-printable' as const),
  attachments: fc.array(fc.record({ filename: words.map((text) => `${text}.bin`), content: bytes }), { maxLength: 4 }),
})

test('random bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (raw) => {
      expect(parseMail(raw).bounce).toBeNull()
    }),
  )
})

test('mail-like rubbish never throws', () => {
  const piece = fc.constantFrom(
    'From: ',
    'Subject: ',
    'Content-Type: multipart/mixed; boundary=b',
    'Content-Type: text/html; charset=',
    '--b',
    '--b--',
    '\r\n',
    '\n',
    '\r',
    '\n\n',
    '=?utf-8?B?',
    '?=',
    '"',
    '<',
    '>',
    '@',
    ';',
    ':',
    '(',
    ' ',
    '> ',
    'begin 644 a',
    'end',
    'message/rfc822',
    'Content-Transfer-Encoding: base64',
    '<div class="gmail_quote">',
    'On 1 May wrote:',
    '\x1b$B',
    '+AOQ-',
    '%E4',
    "*0*=utf-8''",
  )
  const mail = fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 80 }).map((list) => list.join(''))
  fc.assert(
    fc.property(mail, (raw) => {
      expect(typeof parseMail(Buffer.from(raw)).keptText).toBe('string')
    }),
    { numRuns: 1000 },
  )
})

test('what a mail program composes comes out again, as another parser reads it, too', async () => {
  await fc.assert(
    fc.asyncProperty(composed, async ({ subject, name, attachments, ...rest }) => {
      const raw = await new MailComposer({
        ...rest,
        subject,
        from: { name, address: 'kim@customer.example' },
        to: 'help@shop.example',
        attachments: attachments.map(({ filename, content }) => ({ filename, content: Buffer.from(content) })),
      })
        .compile()
        .build()
      const mail = parseMail(raw)
      const wanted = attachments.map(({ filename, content }) => ({ filename, sha256: sha256(content) }))
      expect(mail.subject).toBe(subject)
      expect(mail.from).toEqual({ name, address: 'kim@customer.example' })
      expect(mail.text.trim()).toBe(rest.text)
      expect(mail.html?.trim()).toBe(rest.html)
      expect(mail.attachments.map((file) => ({ filename: file.filename, sha256: file.sha256 }))).toEqual(wanted)
      expect(mail.warnings).toEqual([])

      const other = await PostalMime.parse(raw)
      expect(mail.subject).toBe(other.subject)
      expect(mail.from?.name).toBe(other.from?.name)
      expect(mail.attachments).toHaveLength(other.attachments.length)
      expect(mail.date).toBe(other.date)
    }),
    { numRuns: 60 },
  )
})

/** What each charset can write; each text is tried as an encoded word, raw in the header, and as a body. */
const charsets: [string, string, string][] = [
  ['gb2312', 'gbk', '您好，我的订单还没有收到，请问什么时候发货'],
  ['gb18030', 'gb18030', '繁體與简体，以及㐀'],
  ['big5', 'big5', '您好，我的訂單還沒有收到，請問何時出貨'],
  ['shift_jis', 'shift_jis', 'ご注文の商品がまだ届いていません'],
  ['euc-jp', 'euc-jp', 'ご注文の商品がまだ届いていません'],
  ['euc-kr', 'euc-kr', '주문한 상품이 아직 도착하지 않았습니다'],
  ['ks_c_5601-1987', 'cp949', '주문한 상품이 아직 도착하지 않았습니다'],
  ['windows-1251', 'win1251', 'Здравствуйте, мой заказ ещё не пришёл'],
  ['koi8-r', 'koi8-r', 'Здравствуйте, мой заказ ещё не пришёл'],
  ['iso-8859-1', 'latin1', 'Grüße aus Köln, meine Bestellung fehlt'],
  ['iso-8859-2', 'latin2', 'Zamówienie nie dotarło, proszę o pomoc'],
  ['windows-1252', 'win1252', '“Où est ma commande” – 20 €'],
  ['utf-8', 'utf8', '注文 заказ Grüße 😀'],
  ['utf-7', 'utf-7', 'Grüße und 注文'],
  ['windows-1254', 'win1254', 'Siparişim henüz ulaşmadı'],
  ['tis-620', 'tis620', 'คำสั่งซื้อยังไม่มาถึง'],
  ['windows-1253', 'win1253', 'Καλησπέρα, η παραγγελία μου δεν έφτασε'],
  ['windows-1255', 'win1255', 'שלום, ההזמנה שלי עוד לא הגיעה, מה לעשות'],
  ['windows-1256', 'win1256', 'مرحبا، لم تصل طلبيتي حتى الآن'],
  ['windows-1250', 'win1250', 'Dobrý den, objednávka ještě nepřišla, děkuji'],
  ['windows-1257', 'win1257', 'Laba diena, užsakymas dar neatėjo, ačiū už pagalbą'],
  ['iso-8859-5', 'iso88595', 'Здравствуйте, мой заказ ещё не пришёл'],
  ['koi8-u', 'koi8-u', 'Добрий день, моє замовлення ще не прийшло'],
]
const mail = (headers: string, body: Buffer) =>
  Buffer.concat([Buffer.from(`From: a@b.example\r\n${headers}${headers && '\r\n'}\r\n`, 'latin1'), body])

test.each(charsets)('%s survives as words, parameters and bodies', (label, encoding, text) => {
  const encoded = iconv.encode(text, encoding)
  const cut = fc.integer({ min: 1, max: encoded.length - 1 })
  fc.assert(
    fc.property(cut, fc.constantFrom('B', 'Q'), (at, form) => {
      const inWord = (piece: Buffer) =>
        form === 'B'
          ? `=?${label}?B?${piece.toString('base64')}?=`
          : `=?${label}?Q?${[...piece].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')}?=`
      // Cut anywhere, within a character, too.
      const header = `Subject: ${inWord(encoded.subarray(0, at))}\r\n ${inWord(encoded.subarray(at))}`
      expect(parseMail(mail(header, Buffer.from(''))).subject).toBe(text)
    }),
    { numRuns: 30 },
  )
  const percent = [...encoded].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const named = mail(
    `Content-Type: application/x\r\nContent-Disposition: attachment;\r\n filename*=${label}''${percent}.bin`,
    Buffer.from('x'),
  )
  expect(parseMail(named).attachments[0]?.filename).toBe(`${text}.bin`)
  const body = mail(
    `Content-Type: text/plain; charset=${label}\r\nContent-Transfer-Encoding: base64`,
    Buffer.from(encoded.toString('base64')),
  )
  expect(parseMail(body).text).toBe(text)
})

test.each(charsets.filter(([label]) => !/utf-7|gb18030/.test(label)))(
  '%s is recognised where nothing declares it',
  (_, encoding, text) => {
    const encoded = iconv.encode(text, encoding)
    const raw = mail('', encoded)
    expect(parseMail(Buffer.concat([Buffer.from('Subject: '), encoded, Buffer.from('\r\n'), raw])).subject).toBe(text)
    expect(parseMail(raw).text).toBe(text)
  },
)

test.each(charsets.filter(([label, , text]) => !/utf|shift/.test(label) && !/[a-z]/i.test(text)))(
  '%s is recognised where Latin-1 is declared for it',
  (_, encoding, text) =>
    expect(parseMail(mail('Content-Type: text/plain; charset=iso-8859-1', iconv.encode(text, encoding))).text).toBe(
      text,
    ),
)

test('words of ISO-2022-JP that begin and end with escapes are joined without a trace', () => {
  const inCode = (code: string) => `=?ISO-2022-JP?B?${Buffer.from(`\x1b$B${code}\x1b(B`).toString('base64')}?=`
  const subject = `Re: ${inCode('%F%9%H')}\n ${inCode('CmJ8')} 12`
  expect(parseMail(Buffer.from(`Subject: ${subject}\n\nx`)).subject).toBe('Re: テスト注文 12')
})

test.each([
  'Müller, Köln: ÄÖÜß äöüß',
  'Preis\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a020 £',
  '¯¯¯¯¯¯¯¯¯¯¯¯\nÉté',
])('%s stays in Latin-1 where it is declared', (text) =>
  expect(parseMail(mail('Content-Type: text/plain; charset=iso-8859-1', iconv.encode(text, 'latin1'))).text).toBe(text),
)
