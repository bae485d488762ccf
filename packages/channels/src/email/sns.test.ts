import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Http } from '../contract.ts'
import { testContext } from '../test-context.ts'
import { accept, prove } from './accept.ts'
import { handedBy, now, postOf } from './fixtures.ts'
import { plainMail } from './testing/mails.ts'

const raw = plainMail()
test('SES by SNS, of the one topic', () => {
  const topicArn = 'arn:aws:sns:eu-west-1:1:mail'
  const sns = (fields: object) => postOf(Buffer.from(JSON.stringify({ TopicArn: topicArn, ...fields })), 'text/plain')
  const mail = { source: 'fang@customer.example' }
  const receipt = { recipients: ['help@shop.example'] }
  for (const content of [raw.toString('base64'), raw.toString()]) {
    const Message = JSON.stringify({ notificationType: 'Received', mail, receipt, content })
    expect(accept(sns({ Type: 'Notification', Message }), handedBy('ses', { topicArn }), now)).toMatchObject({
      letters: [{ raw, envelope: { from: mail.source, to: receipt.recipients } }],
    })
    expect(accept(sns({ Type: 'Notification', Message }), handedBy('ses', { topicArn: 'other' }), now).kind).toBe(
      'refused',
    )
  }
  // Stored in S3 the notification only names it, which takes what it is fetched with.
  const action = { type: 'S3', topicArn, bucketName: 'incoming', objectKey: 'mails/1' }
  const stored = { timestamp: '2026-01-05T08:00:00.000Z', ...mail }
  const Message = JSON.stringify({ notificationType: 'Received', mail: stored, receipt: { ...receipt, action } })
  const named = (s3Bucket: string) =>
    accept(sns({ Type: 'Notification', Message }), handedBy('ses', { topicArn, s3Bucket }), now)
  expect(named('incoming')).toMatchObject({
    kind: 'accepted',
    events: [{ id: 's3:incoming/mails/1', orderKey: mail.source, data: { bucket: 'incoming', key: 'mails/1' } }],
  })
  expect(named('')).toMatchObject({ kind: 'refused', problem: { code: 'mail-incomplete' } })
  const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription'
  const confirm = (url: string) =>
    accept(sns({ Type: 'SubscriptionConfirmation', SubscribeURL: url }), handedBy('ses', { topicArn }), now)
  expect(confirm(SubscribeURL)).toMatchObject({ kind: 'accepted', pull: true, hint: { subscribe: SubscribeURL } })
  expect(confirm('https://sns.eu-west-1.amazonaws.com.evil.example/').kind).toBe('refused')
})

test('SNS only where Amazon signed it, by a certificate that is fetched once', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'
  const fields = {
    Type: 'Notification',
    MessageId: '1',
    TopicArn: 'arn:aws:sns:eu-west-1:1:mail',
    Message: 'hello',
    Timestamp: '2026-01-05T08:00:00.000Z',
  }
  // The order and the line ends are those of Amazon's page.
  const signedText = `Message\nhello\nMessageId\n1\nTimestamp\n${fields.Timestamp}\nTopicArn\n${fields.TopicArn}\nType\nNotification\n`
  const [old, current] = ['sha1', 'sha256'].map((digest) =>
    sign(digest, Buffer.from(signedText), privateKey).toString('base64'),
  )
  const asked: string[] = []
  let status = 500
  const http: Http = async (url) => {
    asked.push(url)
    return {
      kind: 'answer',
      status,
      headers: {},
      body: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })),
    }
  }
  const context = testContext(handedBy('ses', { topicArn: fields.TopicArn }), { http })
  const signature = { SignatureVersion: '2', Signature: current, SigningCertURL }
  const proven = (changes: object) =>
    prove(postOf(Buffer.from(JSON.stringify({ ...fields, ...signature, ...changes })), ''), context)

  expect(await proven({})).toMatchObject({ code: 'provider-failed' })
  status = 200
  expect(await proven({})).toBeNull()
  expect(await proven({ SignatureVersion: '1', Signature: old })).toBeNull()
  expect(asked).toHaveLength(2)
  for (const wrong of [
    { Message: 'hello!' },
    { Subject: 'one more' },
    { Signature: old },
    { Signature: 'AAAA' },
    { Signature: undefined },
    { SignatureVersion: '3' },
    { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem' },
    { SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/a.pem' },
  ])
    expect(await proven(wrong)).toEqual(expect.any(String))
  expect(asked).toHaveLength(2)
  // Mailgun signs by a key that we have, SendGrid not at all.
  expect(await prove(postOf(raw, ''), testContext(handedBy('sendgrid'), { http }))).toBeNull()
})
