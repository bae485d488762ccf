import { expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'

const bounceOf = (raw: string) => parseMail(Buffer.from(raw)).bounce
const report = (
  fields: string,
  original = 'Content-Type: message/rfc822\n\nMessage-ID: <c1@shop.example>\nSubject: Order\n\nHi',
) =>
  `From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${fields}\n--b\n${original}\n--b--\n`
const told = (subject: string, text: string, from = 'MAILER-DAEMON@mx.example') =>
  `From: ${from}\nSubject: ${subject}\n\n${text}\n`
const kim = 'kim@customer.example'

test.each([
  [
    'unknown',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user',
    {
      kind: 'hard',
      recipient: kim,
      status: '5.1.1',
      diagnostic: '550 5.1.1 no such user',
      originalMessageId: '<c1@shop.example>',
    },
  ],
  [
    'full',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full',
    { kind: 'soft', status: '5.2.2' },
  ],
  [
    'refused by policy',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 554 5.7.1 spam',
    { kind: 'soft', status: '5.7.1' },
  ],
  [
    'delayed',
    'Final-Recipient: rfc822; kim@customer.example\nAction: delayed\nStatus: 4.4.1',
    { kind: 'delay', status: '4.4.1' },
  ],
  [
    'nothing but 5.0.0',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 user unknown',
    { kind: 'hard' },
  ],
  [
    'two recipients, one failed',
    'Final-Recipient: rfc822; jo@customer.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.1.1',
    { kind: 'hard', recipient: kim },
  ],
])('RFC 3464: %s', (_, fields, wanted) => expect(bounceOf(report(fields))).toMatchObject(wanted))

test('a delivery that worked is no bounce', () =>
  expect(
    bounceOf(report('Final-Recipient: rfc822; kim@customer.example\nAction: delivered\nStatus: 2.0.0')),
  ).toBeNull())

test('only the headers of the original', () =>
  expect(
    bounceOf(
      report(
        'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.1.1',
        'Content-Type: text/rfc822-headers\n\nMessage-ID: <c2@shop.example>',
      ),
    )?.originalMessageId,
  ).toBe('<c2@shop.example>'))

test.each([
  [
    'qmail',
    told(
      'failure notice',
      `Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n<${kim}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <c1@shop.example>\nTo: other@shop.example`,
    ),
    { kind: 'hard', recipient: kim, status: '5.1.1', originalMessageId: '<c1@shop.example>' },
  ],
  [
    'Exim',
    `X-Failed-Recipients: ${kim}\n${told('Mail delivery failed: returning message to sender', `A message that you sent could not be delivered.\n\n  ${kim}\n    SMTP error from remote mail server: 550 5.1.1 User unknown`, 'Mail Delivery System <Mailer-Daemon@mx.example>')}`,
    { kind: 'hard', recipient: kim, status: '5.1.1' },
  ],
  [
    'Postfix',
    told(
      'Undelivered Mail Returned to Sender',
      `<${kim}>: host mx.customer.example[192.0.2.1] said: 452 4.2.2 The mailbox is over quota (in reply to RCPT TO command)`,
    ),
    { kind: 'soft', recipient: kim, status: '4.2.2' },
  ],
  [
    'Gmail',
    told(
      'Delivery Status Notification (Failure)',
      `Address not found\n\nYour message wasn't delivered to ${kim} because the address couldn't be found.\n\nThe response was:\n550 5.1.1 The email account that you tried to reach does not exist.`,
      'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
    ),
    { kind: 'hard', recipient: kim },
  ],
  [
    'Exchange',
    told(
      'Undeliverable: Order',
      `Delivery has failed to these recipients or groups:\n\n${kim}\nThe email address you entered couldn't be found.\n\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'`,
      'postmaster@shop.example',
    ),
    { kind: 'hard', recipient: kim, status: '5.1.10' },
  ],
  [
    '163',
    told(
      '系统退信',
      `抱歉，您的邮件被退回来了。\n\n收件人：${kim}\n退信原因：收件人不存在\n550 User not found: ${kim}`,
      'Postmaster@163.example',
    ),
    { kind: 'hard', recipient: kim },
  ],
  [
    'QQ',
    told(
      '系统退信/System bounce',
      `很抱歉，您发送到 ${kim} 的邮件被系统退回。\n退信原因：收件人邮箱空间已满`,
      'postmaster@qq.example',
    ),
    { kind: 'soft', recipient: kim },
  ],
  [
    'a warning',
    told(
      'Warning: message delayed 24 hours',
      `This is a warning. You do not need to resend your message.\n\n  ${kim}`,
      'Mail Delivery System <Mailer-Daemon@mx.example>',
    ),
    { kind: 'delay', recipient: kim },
  ],
])('words of mail servers: %s', (_, raw, wanted) => expect(bounceOf(raw)).toMatchObject(wanted))

test.each([
  ['a customer whose mails come back', told('Delivery failed', 'My parcel could not be delivered, why?', kim)],
  ['an absence note', `Auto-Submitted: auto-replied\n${told('Out of office', 'I am away', kim)}`],
])('no bounce: %s', (_, raw) => expect(bounceOf(raw)).toBeNull())
