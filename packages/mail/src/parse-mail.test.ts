import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'

const head = 'From: kim@customer.example\nSubject: s\nMIME-Version: 1.0\n'
const read = (raw: string | Buffer) =>
  parseMail(typeof raw === 'string' ? Buffer.from(raw.replaceAll('\n', '\r\n')) : raw)
const seen = (raw: string | Buffer) => {
  const { text, attachments } = read(raw)
  return {
    text: text.trim(),
    files: attachments.map(({ filename, content }) => [filename, Buffer.from(content).toString('latin1')]),
  }
}
const pdf = 'Content-Type: application/pdf; name=a.pdf\n\nPDF'
const both = { text: 'hello', files: [['a.pdf', 'PDF']] }

describe('parts', () => {
  test.each([
    [
      'a multipart',
      `${head}Content-Type: multipart/mixed; boundary="x"\n\npreamble\n--x\n\nhello\n--x\n${pdf}\n--x--\nepilogue\n`,
    ],
    ['without its end', `${head}Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nhello\n--x\n${pdf}`],
    [
      'with blanks after its boundary',
      `${head}Content-Type: multipart/mixed; boundary=x\n\n--x  \n\nhello\n--x\t\n${pdf}\n--x--  \n`,
    ],
    [
      'with another boundary',
      `${head}Content-Type: multipart/mixed; boundary=y\n\n--x\nContent-Type: text/plain\n\nhello\n--x\n${pdf}\n--x--\n`,
    ],
    [
      'with no boundary',
      `${head}Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nhello\n--x\n${pdf}\n--x--\n`,
    ],
    [
      'with no header that says so',
      `${head}\nThis is a multi-part message in MIME format.\n\n----_x\nContent-Type: text/plain\n\nhello\n----_x\n${pdf}\n----_x--\n`,
    ],
    [
      'with an inner one that never ends',
      `${head}Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nhello\n--i\nContent-Type: text/html\n\n<p>hello\n--o\n${pdf}\n--o--\n`,
    ],
    [
      'with one boundary twice',
      `${head}Content-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nhello\n--i--\n--i\n${pdf}\n--i--\n`,
    ],
    [
      'with a boundary that begins like another',
      `${head}Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/alternative; boundary=abc\n\n--abc\n\nhello\n--abc--\n--ab\n${pdf}\n--ab--\n`,
    ],
  ])('%s', (_, raw) => {
    expect(seen(raw)).toEqual(both)
    // Whatever the line ends.
    expect(seen(Buffer.from(raw))).toEqual(both)
    expect(seen(Buffer.from(raw.replaceAll('\n', '\r')))).toEqual(both)
  })

  test('content is exact, but for the line end before the boundary', () => {
    const content = 'a\r\n\nb\r\n'
    const raw = Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/x; name=a\r\n\r\n${content}\r\n--x--\r\n`,
    )
    expect(parseMail(raw).attachments[0]?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  })

  test('a mail within the mail is a file named by its subject', () => {
    const inner = 'Subject: =?utf-8?Q?Inn=C3=A9r?=\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nxx\n--q--\n'
    const { attachments } = read(
      `${head}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: message/rfc822\n\n${inner}\n--x--\n`,
    )
    expect(attachments).toMatchObject([
      { filename: 'Innér.eml', mime: 'message/rfc822', bytes: inner.replaceAll('\n', '\r\n').length },
    ])
  })

  test('pictures in the HTML', () => {
    const mail = read(
      `${head}Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Hi <img src="cid:l@x" alt="logo"></p>\n--x\nContent-Type: image/png\nContent-ID: <l@x>\nContent-Transfer-Encoding: base64\n\nAAEC\nAw==\n--x--\n`,
    )
    expect(mail).toMatchObject({ text: 'Hi [logo]', attachments: [{ filename: 'image.png', cid: 'l@x', bytes: 4 }] })
  })

  test('an invitation', () => {
    const mail = read(
      `${head}Content-Type: multipart/alternative; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Fitting\\, again\nDTSTART:20240506T100000Z\nEND:VEVENT\nEND:VCALENDAR\n--x--\n`,
    )
    expect(mail).toMatchObject({
      text: 'hello',
      calendar: { method: 'REQUEST', summary: 'Fitting, again', start: '20240506T100000Z' },
      attachments: [{ filename: 'invite.ics' }],
    })
  })

  test('a first text with a name is read and kept', () => {
    const part = 'Content-Type: text/plain; name=a.txt\n\nhello'
    expect(seen(`${head}Content-Type: multipart/mixed; boundary=x\n\n--x\n${part}\n--x\n${part}\n--x--\n`)).toEqual({
      text: 'hello',
      files: [
        ['a.txt', 'hello'],
        ['a.txt', 'hello'],
      ],
    })
    expect(seen(`${head}${part}`)).toEqual({ text: 'hello', files: [] })
  })

  test('texts with names beside the two forms of the message are files', () => {
    const file = (name: string) => `Content-Type: text/plain; name=${name}\nContent-Disposition: inline\n\nmore`
    const related = `Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html; name=body.html\n\n<p>hello</p>\n--r\n${file('a.txt')}\n--r--`
    const text = 'Content-Type: text/plain; name=body.txt\n\nhello'
    expect(
      seen(`${head}Content-Type: multipart/alternative; boundary=x\n\n--x\n${text}\n--x\n${related}\n--x--\n`),
    ).toEqual({ text: 'hello', files: [['a.txt', 'more']] })
  })

  test.each(['Content-Type: html\n', 'Content-Type: text/html charset=utf-8\n', ''])('HTML by %j', (type) =>
    expect(seen(`${head}${type}\n<html><p>hello</p></html>`)).toEqual({ text: 'hello', files: [] }),
  )

  test('without a text the HTML tells the signature', () => {
    const html =
      '<p>Yes please</p><div id="Signature">Kim Doe<br>Customer Ltd</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Anna<br><b>Sent:</b> Monday, 6 May 2024</div>'
    expect(read(`${head}Content-Type: text/html\n\n${html}`)).toMatchObject({
      keptText: 'Yes please',
      signature: 'Kim Doe\nCustomer Ltd',
    })
  })

  test.each([
    'To view this message, please use an HTML compatible email viewer!',
    'Diese Nachricht ist im HTML-Format.',
    '[This message has an HTML part only]',
  ])('what is written in place of a text is none: %s', (text) => {
    const alternative = `--x\n\n${text}\n--x\nContent-Type: text/html\n\n<p>hello</p>\n--x--\n`
    expect(seen(`${head}Content-Type: multipart/alternative; boundary=x\n\n${alternative}`).text).toBe('hello')
    expect(seen(`${head}\n${text}`).text).toBe(text)
  })

  test('signatures are kept', () => {
    expect(
      seen(
        `${head}Content-Type: multipart/signed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: application/pgp-signature\n\nPGP\n--x--\n`,
      ),
    ).toEqual({ text: 'hello', files: [['signature.asc', 'PGP']] })
  })

  test('uuencoded files in the text', () =>
    expect(seen(`${head}\nhello\nbegin 644 cat.txt\n#0V%T\n\`\nend\n`)).toEqual({
      text: 'hello',
      files: [['cat.txt', 'Cat']],
    }))

  test('winmail.dat is unpacked', () => {
    const attribute = (id: number, value: Buffer) => {
      const start = Buffer.alloc(9)
      start[0] = 2
      start.writeUInt16LE(id, 1)
      start.writeUInt32LE(value.length, 5)
      return Buffer.concat([start, value, Buffer.alloc(2)])
    }
    const tnef = Buffer.concat([
      Buffer.from('789f3e220000', 'hex'),
      attribute(0x9002, Buffer.alloc(14)),
      attribute(0x8010, Buffer.from('a.pdf\0')),
      attribute(0x800f, Buffer.from('PDF')),
    ])
    const raw = `${head}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n`
    expect(seen(`${raw}${tnef.toString('base64')}\n--x--\n`)).toEqual(both)
    expect(seen(`${raw}AAAA\n--x--\n`).files).toEqual([['winmail.dat', '\0\0\0']])
  })

  test.each([
    ['Base64 without padding', 'base64', 'aGVsbG8'],
    ['Base64 padded line by line, with a footer', 'base64', 'aGVs\nbG8=\n\n____\nlist\n'],
    ['quoted-printable with rubbish', 'quoted-printable', 'hel=\nlo   \n'],
    ['an encoding nobody knows', 'x-foo', 'hello'],
  ])('%s', (_, encoding, body) =>
    expect(seen(`${head}Content-Transfer-Encoding: ${encoding}\n\n${body}`).text).toBe('hello'),
  )

  test.each([
    ['an mbox line', `From kim Mon May  6 10:12:00 2024\n${head}\nhello`],
    ['blank lines before', `\n\n${head}\nhello`],
    ['a blank before', ` ${head}\nhello`],
    ['no blank line after the headers', `${head}hello`],
    ['rubbish among the headers', `From: kim@customer.example\nrubbish\n${head}\nhello`],
  ])('%s', (_, raw) => expect(read(raw)).toMatchObject({ text: 'hello', from: { address: 'kim@customer.example' } }))
})

describe('senders', () => {
  test.each([
    ['Kim Doe <kim@customer.example>', 'Kim Doe'],
    ['"Doe, Kim" <kim@customer.example>', 'Doe, Kim'],
    ['Doe, Kim <kim@customer.example>', 'Doe, Kim'],
    ['kim@customer.example (Kim Doe)', 'Kim Doe'],
    ['"support@x.example via Shop" <kim@customer.example>', 'support@x.example via Shop'],
    ['a@b.example <kim@customer.example>', 'a@b.example'],
    ['=?utf-8?Q?Kim_<a@b.example>?= <kim@customer.example>', 'Kim <a@b.example>'],
    ['"=?utf-8?Q?D=C3=B6,_Kim?=" <kim@customer.example>', 'Dö, Kim'],
    ['Team: kim@customer.example, b@b.example;', ''],
    ['kim@customer.example, b@b.example', ''],
    ['Kim <mailto:kim@customer.example>', 'Kim'],
    ['<kim@customer.example> Kim', 'Kim'],
    ['Kim Doe kim@customer.example', 'Kim Doe'],
    ['Kim <kim@customer.example', 'Kim'],
    ['"Kim <kim@customer.example>', 'Kim'],
    ['kim @ customer.example', ''],
    ["'Kim' <KIM@Customer.Example>", 'Kim'],
    ['Kim (Sales (EU)) <kim@customer.example>', 'Kim'],
    ['金 <kim@customer.example>', '金'],
    ['Sales & Co; Ltd. <kim@customer.example>', 'Sales & Co; Ltd.'],
  ])('%s', (raw, name) => {
    const { from } = read(`From: ${raw}\n\nx`)
    expect({ name: from?.name, address: from?.address.toLowerCase() }).toEqual({
      name,
      address: 'kim@customer.example',
    })
  })

  test.each([
    ['From: Kim <>\nReply-To: kim@customer.example', 'Kim'],
    ['Return-Path: <kim@customer.example>', ''],
    ['From: undisclosed-recipients:;\nSender: kim@customer.example', ''],
  ])('who else says it: %s', (headers, name) =>
    expect(read(`${headers}\n\nx`).from).toEqual({ name, address: 'kim@customer.example' }),
  )

  test('none at all', () => expect(read('Subject: x\n\nx').from).toBeNull())
})

test.each([
  ['张三', 'gbk'],
  ['陳大文', 'big5'],
  ['山田太郎', 'shift_jis'],
  ['김철수', 'euc-kr'],
  ['Иван Петров', 'win1251'],
  ['Иван Петров', 'koi8-r'],
  ['Jörg Müller', 'latin1'],
])('a name of raw bytes: %s in %s', (name, charset) => {
  const raw = Buffer.concat([
    Buffer.from('From: '),
    iconv.encode(name, charset),
    Buffer.from(' <a@b.example>\r\n\r\nx'),
  ])
  expect(parseMail(raw).from?.name).toBe(name)
})

test.each([
  ['attachment; filename=a b.pdf', 'a b.pdf'],
  ["attachment; filename*=utf-8''%E4%B8%AD.pdf", '中.pdf'],
  ["attachment; filename*0*=utf-8''%E4%B8; filename*1*=%AD; filename*2=.pdf", '中.pdf'],
  ['attachment; filename="=?utf-8?B?5LitLnBkZg==?="', '中.pdf'],
  ['attachment; filename*0="=?utf-8?B?5Lit"; filename*1="LnBkZg==?="', '中.pdf'],
  ['attachment; filename="中.pdf"', '中.pdf'],
  ['attachment; filename="a;b.pdf"', 'a;b.pdf'],
  ['attachment; filename="a"b".pdf"', 'a"b".pdf'],
  ['attachment; filename="C:\\Docs\\a.pdf"', 'a.pdf'],
  ['attachment; filename="../../a.pdf"', 'a.pdf'],
  ['attachment', 'document.pdf'],
])('the name in %s', (disposition, filename) =>
  expect(
    read(`${head}Content-Type: application/pdf\nContent-Disposition: ${disposition}\n\nPDF`).attachments[0]?.filename,
  ).toBe(filename),
)

test.each([
  ['Mon, 6 May 2024 10:12:00 +0200', '2024-05-06T08:12:00.000Z'],
  ['6 May 24 10:12 GMT', '2024-05-06T10:12:00.000Z'],
  ['Mon, 06 May 2024 10:12:00 EST', '2024-05-06T15:12:00.000Z'],
  ['2024-05-06T10:12:00Z', '2024-05-06T10:12:00.000Z'],
  ['yesterday', null],
])('the date %s', (raw, date) => expect(read(`Date: ${raw}\n\nx`).date).toBe(date))

describe('headers that were broken on the way', () => {
  test.each([
    ['a blank line within a folded one', 'Subject: one\n \n\ttwo\nTo: a@b.example'],
    ['a line without a name, folded', 'To: a@b.example\nFrom\n : <x@y.example>\nSubject: one two'],
    ['a word without a charset', 'Subject: =??Q?one_two?='],
  ])('%s', (_name, headers) => expect(read(`${headers}\n\nx`).subject).toBe('one two'))

  test('a text that begins with a blank is none', () => {
    const { subject, text } = read('Subject: one\n \n  two\n  three\n\nTo: four')
    expect([subject, text]).toEqual(['one', '  two\n  three\n\nTo: four'])
  })

  test.each([
    ["o'brien@shop.example", "o'brien@shop.example", ''],
    ["Kim O'Brien <k.o'brien@shop.example>", "k.o'brien@shop.example", "Kim O'Brien"],
    ["'kim@shop.example'", 'kim@shop.example', ''],
    ["Kim o'brien@shop.example", "o'brien@shop.example", 'Kim'],
    ['Kim <prvs=12=kim@shop.example>', 'prvs=12=kim@shop.example', 'Kim'],
    ['bounce+kim=cup.example@shop.example', 'bounce+kim=cup.example@shop.example', ''],
    ['Kim <<kim@shop.example>>', 'kim@shop.example', 'Kim'],
    ['kim@[127.0.0.1]', 'kim@[127.0.0.1]', ''],
  ])('an address with signs: %s', (raw, address, name) =>
    expect(read(`From: ${raw}\n\nx`).from).toEqual({ address, name }),
  )

  test('two people without a comma', () =>
    expect(read('To: Kim <kim@shop.example> Bo <bo@shop.example>\n\nx').to).toEqual([
      { name: 'Kim', address: 'kim@shop.example' },
      { name: 'Bo', address: 'bo@shop.example' },
    ]))

  test('blanks within quotes belong to an address', () =>
    expect(read('From: <"kim doe"@shop.example>\n\nx').from?.address).toBe('"kim doe"@shop.example'))
})

test('HTML as text', () => {
  const html =
    '<style>p{}</style><p>One<br>two &amp; three</p><ul><li>a<li>b</ul><ol><li>c</ol><table><tr><td>d<td>e</tr></table><blockquote>f<blockquote>g</blockquote></blockquote><a href="https://x.example/h">h</a> <a href="https://x.example">x.example</a>'
  expect(read(`${head}Content-Type: text/html\n\n${html}`).text).toBe(
    'One\ntwo & three\n\n- a\n- b\n\n1. c\n\nd\te\n\n> f\n>\n>> g\n\nh <https://x.example/h> x.example',
  )
})
