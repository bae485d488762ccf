/** Mails as mail programs write them; made up, with names and addresses of nobody. */

export const shop = 'help@shop.example'

interface Written {
  from?: string
  to?: string
  subject?: string
  id?: string | null
  date?: string
  text?: string
  headers?: readonly string[]
}

/** A plain mail; `headers` come first, as servers on the way put them. */
export function plainMail({
  from = '王芳 <fang@customer.example>',
  to = shop,
  subject = '茶叶到货了吗？',
  id = '<first@customer.example>',
  date = 'Tue, 30 Jun 2026 10:00:00 +0800',
  text = '您好，\n明天到货吗？\n',
  headers = [],
}: Written = {}): Buffer {
  const lines = [
    ...headers,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    `Date: ${date}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
  ]
  return Buffer.from(lines.join('\n').replaceAll('\n', '\r\n'))
}

export const history = `------------------ Original ------------------
From: "Shop"<help@shop.example>;
Date: Tue, Jun 30, 2026 10:00 AM
To: "fang"<fang@customer.example>;
Subject: Tea

It is here.`
export const chineseHtml =
  '<div>好的，谢谢！<img src="cid:cup@qq"></div><div>------------------&nbsp;Original&nbsp;------------------</div>' +
  '<div>From: "Shop"&lt;help@shop.example&gt;;</div><div>Date: Tue, Jun 30, 2026 10:00 AM</div>' +
  '<div>To: "fang"&lt;fang@customer.example&gt;;</div><div>Subject: Tea</div><div>It is here.</div>'

const encoded = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/gu, '$&\r\n')
const gb = (hex: string): Buffer => Buffer.from(hex, 'hex')

/** As QQ Mail writes an answer: GB18030, HTML beside text, a picture in it, and what it answers below. */
export const chineseMail = (): Buffer => {
  // “好的，谢谢！” in GB18030.
  const words = gb('bac3b5c4a3acd0bbd0bba3a1')
  const [before = '', after = ''] = chineseHtml.split('好的，谢谢！')
  const html = Buffer.concat([Buffer.from(before), words, Buffer.from(after)])
  return Buffer.from(
    [
      'From: "=?gb18030?B?zfW3vA==?=" <fang@customer.example>',
      'To: "=?gb18030?B?Q2FtZWxsaWE=?=" <help@shop.example>',
      'Cc: Lee <lee@customer.example>',
      // “回复：茶叶”
      `Subject: =?gb18030?B?${gb('bbd8b8b4a3bab2e8d2b6').toString('base64')}?=`,
      'Message-ID: <tencent_1A2B@qq.example>',
      'In-Reply-To: <earlier@shop.example>',
      'References: <first@customer.example> <earlier@shop.example>',
      'Date: Tue, 30 Jun 2026 11:00:00 +0800',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; type="multipart/alternative"; boundary="outer"',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary="inner"',
      '',
      '--inner',
      'Content-Type: text/plain; charset="gb18030"',
      'Content-Transfer-Encoding: base64',
      '',
      encoded(Buffer.concat([words, Buffer.from(`\n\n\n${history}\n`)])),
      '--inner',
      'Content-Type: text/html; charset="gb18030"',
      'Content-Transfer-Encoding: base64',
      '',
      encoded(html),
      '--inner--',
      '--outer',
      'Content-Type: image/png; name="cup.png"',
      'Content-Disposition: inline; filename="cup.png"',
      'Content-ID: <cup@qq>',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('pixels').toString('base64'),
      '--outer--',
      '',
    ].join('\r\n'),
    'latin1',
  )
}

/** What Postfix sends back (RFC 3464). */
export const bounceMail = (
  originalId: string,
  status: string,
  { action = 'failed', words = 'No such user here', extra = '' } = {},
): Buffer =>
  Buffer.from(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.customer.example (Mail Delivery System)',
      `To: ${shop}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <b1@mx.customer.example>',
      'Date: Tue, 30 Jun 2026 12:00:00 +0800',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I could not deliver it.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.customer.example',
      '',
      'Final-Recipient: rfc822; gone@customer.example',
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; 550 ${status} ${words}`,
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `From: ${shop}`,
      'To: gone@customer.example',
      'Subject: Hello',
      `Message-ID: ${originalId}`,
      ...(extra === '' ? [] : [extra]),
      '',
      'Hello',
      '--b--',
      '',
    ].join('\r\n'),
  )
