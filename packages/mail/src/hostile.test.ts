import { describe, expect, test } from 'vitest'
import { defaultLimits } from './mail.ts'
import { parseMail } from './parse-mail.ts'
import { parseMailInWorker } from './parse-mail-in-worker.ts'
import { hostileMails } from './testing/hostile-mails.ts'

const read = (name: string) => parseMail(Buffer.from(hostileMails[name]!(), 'latin1'))

describe('hostile mail', () => {
  test.each(Object.keys(hostileMails))('%s', (name) => {
    const mail = read(name)
    expect(mail.attachments.length).toBeLessThanOrEqual(defaultLimits.parts)
    expect(mail.text.length).toBeLessThanOrEqual(defaultLimits.text + 2)
    expect(mail.keptText.length).toBeLessThanOrEqual(mail.text.length + 1000)
  })

  test.each([
    ['ten thousand parts', 'cut: parts'],
    ['five hundred levels', 'cut: depth'],
    ['a million headers', 'cut: headers'],
    ['a hundred megabytes of Base64', 'cut: size'],
    ['lines of dashes', 'cut: text'],
  ] as const)('%s is told: %s', (name, warning) => expect(read(name).warnings).toContain(warning))

  test('limits are what the caller says', () => {
    const raw = Buffer.from(hostileMails['ten thousand parts']!(), 'latin1')
    expect(parseMail(raw, { parts: 12 }).attachments).toHaveLength(11)
    expect(parseMail(raw, { bytes: 100 }).warnings).toContain('cut: size')
  })
})

describe('in a worker', () => {
  const raw = Buffer.from('From: Kim <kim@customer.example>\nSubject: Hello\n\nHi\n')

  test('a mail is the same', async () => {
    const mail = await parseMailInWorker(raw)
    expect({ ...mail, attachments: [] }).toEqual({ ...parseMail(raw), attachments: [] })
  })

  test('one that takes too long is known by its headers', async () => {
    const long = Buffer.from(`From: Kim <kim@customer.example>\nSubject: Long\n\n${'a\n'.repeat(900_000)}`)
    const mail = await parseMailInWorker(long, { milliseconds: 1 })
    expect(mail).toMatchObject({
      subject: 'Long',
      from: { address: 'kim@customer.example' },
      warnings: ['cut: time or memory'],
    })
  })

  test('one that takes too much memory, too', async () => {
    const big = Buffer.from(`Subject: Big\n\n${'a\n'.repeat(900_000)}`)
    const mail = await parseMailInWorker(big, { megabytes: 8 })
    expect(mail).toMatchObject({ subject: 'Big', warnings: ['cut: time or memory'] })
  })

  test('whatever became of the one before it', async () => {
    const big = Buffer.from(`Subject: Big\n\n${'a\n'.repeat(900_000)}`)
    const mails = await Promise.all([raw, big, raw].map((each) => parseMailInWorker(each, { megabytes: 48 })))
    expect(mails.map(({ subject, warnings }) => [subject, warnings.length])).toEqual([
      ['Hello', 0],
      ['Big', 1],
      ['Hello', 0],
    ])
  })
})
