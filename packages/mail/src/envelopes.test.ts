import { describe, expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'

const head = 'From: a@b.example\nSubject: s\nMIME-Version: 1.0\n'
const seen = (raw: string) => {
  const { text, attachments } = parseMail(Buffer.from(raw, 'latin1'))
  return {
    text: text.trim(),
    files: attachments.map(({ filename, content }) => [filename, Buffer.from(content).toString()]),
  }
}

test('a message within winmail.dat gives its words and its files', () => {
  const attribute = (id: number, value: Buffer) => {
    const start = Buffer.alloc(9)
    start[0] = 2
    start.writeUInt16LE(id, 1)
    start.writeUInt32LE(value.length, 5)
    return Buffer.concat([start, value, Buffer.alloc(2)])
  }
  const envelope = (...attributes: Buffer[]) => Buffer.concat([Buffer.from('789f3e220000', 'hex'), ...attributes])
  const number = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
  const property = (id: number, type: number, value: Buffer) =>
    Buffer.concat([
      number(1),
      Buffer.from(Uint16Array.of(type, id).buffer),
      number(1),
      number(value.length),
      value,
      Buffer.alloc((4 - (value.length % 4)) % 4),
    ])
  const file = [
    attribute(0x9002, Buffer.alloc(14)),
    attribute(0x8010, Buffer.from('a.pdf\0')),
    attribute(0x800f, Buffer.from('PDF')),
  ]
  const inner = envelope(attribute(0x9003, property(0x1000, 0x1e, Buffer.from('the old order\0'))), ...file)
  const outer = envelope(
    attribute(0x9002, Buffer.alloc(14)),
    attribute(0x8010, Buffer.from('Order 12\0')),
    attribute(0x9005, property(0x3701, 0x0d, Buffer.concat([Buffer.alloc(16), inner]))),
  )
  const raw = `${head}Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${outer.toString('base64')}`
  expect(seen(raw).files).toEqual([
    ['Order 12.txt', 'the old order'],
    ['a.pdf', 'PDF'],
  ])
})

describe('signed as a whole (S/MIME)', () => {
  const der = (tag: number, ...values: Buffer[]) => {
    const value = Buffer.concat(values)
    const length = value.length < 0x80 ? [value.length] : [0x82, value.length >> 8, value.length & 0xff]
    return Buffer.concat([Buffer.from([tag, ...length]), value])
  }
  const open = (tag: number, ...values: Buffer[]) =>
    Buffer.concat([Buffer.from([tag, 0x80]), ...values, Buffer.alloc(2)])
  const oid = (last: number) => der(0x06, Buffer.from('2a864886f70d0107', 'hex'), Buffer.from([last]))
  const part = Buffer.from(
    'Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nhello\r\n--y\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nPDF\r\n--y--\r\n',
  )
  const mail = (cms: Buffer) =>
    `${head}Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n${cms.toString('base64')}`
  const version = der(0x02, Buffer.from([1]))

  test.each([
    [
      'in one piece',
      der(0x30, oid(2), der(0xa0, der(0x30, version, der(0x31), der(0x30, oid(1), der(0xa0, der(0x04, part)))))),
    ],
    [
      'in pieces without lengths',
      open(
        0x30,
        oid(2),
        open(
          0xa0,
          open(
            0x30,
            version,
            der(0x31),
            open(0x30, oid(1), open(0xa0, open(0x24, der(0x04, part.subarray(0, 50)), der(0x04, part.subarray(50))))),
          ),
        ),
      ),
    ],
  ])('%s', (_name, cms) => {
    const { text, files } = seen(mail(cms))
    expect(text).toBe('hello')
    expect(files.map(([name]) => name)).toEqual(['a.pdf', 'smime.p7m'])
  })

  test('a signed document is a file, not what somebody wrote', () => {
    const xml = Buffer.from('<?xml version="1.0"?><Invoice>Total: 12</Invoice>')
    const cms = der(
      0x30,
      oid(2),
      der(0xa0, der(0x30, version, der(0x31), der(0x30, oid(1), der(0xa0, der(0x04, xml))))),
    )
    expect(seen(mail(cms))).toEqual({ text: '', files: [['smime.p7m', cms.toString()]] })
  })

  test('what is encrypted stays a file', () =>
    expect(seen(mail(der(0x30, oid(3), der(0xa0, der(0x30, version))))).files.map(([name]) => name)).toEqual([
      'smime.p7m',
    ]))
})
