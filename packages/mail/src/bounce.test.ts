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
  [
    'an action in other words',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failure\nStatus: 5.1.1',
    { kind: 'hard', recipient: kim },
  ],
  [
    'an action with its reason',
    'Final-Recipient: rfc822; kim@customer.example\nAction: failed (bad mailbox)\nStatus: 5.1.1',
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

const failed = (status: string, diagnostic: string) =>
  bounceOf(
    report(`Final-Recipient: rfc822; ${kim}\nAction: failed\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnostic}`),
  )

test.each([
  ['5.0.0', '554 DT:SPM 163 smtp12,L8CowAB3,please see http://mail.163.com/help/help_spam_16.htm'],
  ['5.0.0', '550 Mail content denied. https://service.mail.qq.com/detail/0/59'],
  ['5.0.0', '550 Domain frequency limited. https://service.mail.qq.com/detail/0/57'],
  ['5.0.0', '550 Mailbox unavailable or access denied'],
  ['5.0.0', '550 Suspected spam sender: user not found in the white list'],
  ['5.0.0', '552 Message size exceeds fixed maximum message size'],
  ['5.0.0', '554 Transaction failed'],
  ['5.5.0', '550 5.5.0 rejected due to spam'],
  ['5.1.7', '550 5.1.7 Invalid sender address'],
  ['5.1.8', '550 5.1.8 Access denied, bad outbound sender AS(42004)'],
  ['5.1.0', '550 5.1.0 Sender rejected'],
  ['5.1.0', '550 5.1.0 <help@shop.example>: Sender address rejected: Domain not found'],
  ['5.2.1', '550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more'],
  ['5.2.2', '552 5.2.2 user does not exist or mailbox full'],
  ['5.2.3', '552 5.2.3 Message too large'],
  ['5.4.1', '550 5.4.1 Relay access denied'],
  ['5.4.4', '550 5.4.4 Host or domain name not found'],
  ['5.4.7', '550 5.4.7 Message expired'],
  ['5.4.300', '550 5.4.300 Message expired -> 451 4.4.0 Primary target IP address responded'],
  ['5.4.14', '554 5.4.14 Hop count exceeded - possible mail loop'],
  ['5.7.1', '550 5.7.1 <kim@customer.example>: Recipient address rejected: Access denied'],
  ['5.7.1', '550 5.7.1 Unable to relay, user unknown'],
])('the address lives after %s %s', (status, diagnostic) => expect(failed(status, diagnostic)?.kind).toBe('soft'))

test.each([
  ['5.1.1', '550 5.1.1 whatever'],
  ['5.1.2', '550 5.1.2 Bad destination system'],
  ['5.1.3', '501 5.1.3 Bad recipient address syntax'],
  ['5.1.6', '550 5.1.6 Recipient no longer on server'],
  ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
  ['5.2.1', '550 5.2.1 The email account that you tried to reach is disabled'],
  ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'],
  ['5.1.0', '550 5.1.0 Address rejected: no such user'],
  ['5.0.0', '550 Mailbox not found. https://service.mail.qq.com/detail/0/60'],
  ['5.0.0', '550 User not found: kim@customer.example'],
  ['5.0.0', '554 delivery error: dd This user doesn’t have a yahoo.com account'],
  ['5.0.0', '550 用户不存在'],
  ['5.0.0', '550 收件人不存在'],
  ['5.5.0', '550 Requested action not taken: 查无此人'],
  ['5.0.0', '550 宛先のユーザーが存在しません'],
  ['5.0.0', '550 Benutzer unbekannt'],
])('the address is dead after %s %s', (status, diagnostic) => expect(failed(status, diagnostic)?.kind).toBe('hard'))

test.each([
  ['163 and spam', '退信原因：554 DT:SPM 邮件被认为是垃圾邮件', 'soft'],
  ['no reason at all', 'Your mail could not be delivered.', 'soft'],
  ['Chinese words', '退信原因：收件人不存在', 'hard'],
])('words alone: %s', (_, reason, kind) =>
  expect(bounceOf(told('系统退信', `${kim}\n${reason}`, 'postmaster@163.example'))?.kind).toBe(kind),
)

test('a report that is only words, before one of fields', () => {
  const fields = 'Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.1.1'
  const raw = report(fields).replace('--b\n\nSorry.', '--b\nContent-Type: message/delivery-status\n\nSorry.')
  expect(bounceOf(raw)).toMatchObject({ kind: 'hard', recipient: kim })
})

test.each([
  ['Mail not delivered', `Auto-Submitted: auto-replied\nFrom: MAILER-DAEMON@mx.example`],
  ['Mail could not be delivered', `Return-Path: <MAILER-DAEMON@mx.example>\nFrom: gateway@mx.example`],
  ['Processing error', 'From: MAILER-DAEMON@mx.example'],
])('%s', (subject, headers) =>
  expect(bounceOf(`${headers}\nSubject: ${subject}\n\nUnknown user: ${kim}\n`)?.recipient).toBe(kim),
)

test('an absence note of a postmaster is none', () =>
  expect(
    bounceOf(
      `From: postmaster@mx.example\nAuto-Submitted: auto-replied\nSubject: Mail not delivered in person\n\nI am away.`,
    ),
  ).toBeNull())
