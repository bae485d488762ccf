import { generateKeyPairSync } from 'node:crypto'
import { parseMail } from '@qiao/mail'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { expect, test } from 'vitest'
import vectors from '../vectors.json' with { type: 'json' }

interface Vector<Input> {
  name: string
  input: Input
  expected: string
}
/** Official ones of the standards, by a part of their name; the list being empty would be a test that cannot fail. */
function named<Input>(part: string, count: number): Vector<Input>[] {
  const found = vectors.filter(({ channel, name }) => channel === 'email' && name.includes(part))
  expect(found).toHaveLength(count)
  return found as unknown as Vector<Input>[]
}

const headersAs = (raw: string): Buffer => Buffer.from(`From: ${raw}\r\nSubject: ${raw}\r\n\r\nhello`, 'latin1')

test.each(named<{ raw: string }>('RFC 2047', 6))('$input.raw is read as $expected', ({ input, expected }) => {
  const { subject, from } = parseMail(headersAs(input.raw))
  expect(input.raw.includes('@') ? `${from?.name} <${from?.address}>` : subject).toBe(expected)
})

test.each(named<{ charset: string; hex: string }>('charset decode', 7))('$name', ({ input, expected }) => {
  const head = Buffer.from(`From: a@b.example\r\nContent-Type: text/plain; charset=${input.charset}\r\n\r\n`)
  expect(parseMail(Buffer.concat([head, Buffer.from(input.hex, 'hex')])).text).toBe(expected)
})

test.each(named<{ user: string; accessToken: string }>('XOAUTH2 initial', 1))('$name', ({ input, expected }) => {
  expect(new XOAuth2({ user: input.user }).buildXOAuth2Token(input.accessToken)).toBe(expected)
})

test.each(named<{ body: string }>('empty body, simple', 1))('$name', async ({ expected }) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signer = { signingDomain: 'b.example', selector: 's', privateKey: pem }
  const options = { canonicalization: 'simple/simple', ...signer, signatureData: [signer] }
  const { signatures } = await dkimSign('From: a@b.example\r\n\r\n', options)
  expect(/bh=(?<hash>[^;]+);/u.exec(signatures.replace(/\s/gu, ''))?.groups?.hash).toBe(expected)
})
