import { randomBytes } from 'node:crypto'

/** Mails of the forms that a help desk gets: short ones, answers with history, Chinese ones, and some with files. */
export function benchMail(number: number): Buffer {
  const forms = [plain, plain, answer, answer, chinese, newsletter, withFile]
  return Buffer.from((forms[number % forms.length] ?? plain)(number).replace(/\r?\n/gu, '\r\n'), 'latin1')
}

const head = (number: number, subject: string): string =>
  `Received: from mx.customer.example by mx.shop.example; Tue, 30 Jun 2026 10:00:00 +0800
From: "Customer ${number % 500}" <customer-${number % 500}@customer.example>
To: help@shop.example
Subject: ${subject}
Message-ID: <bench-${number}@customer.example>
Date: Tue, 30 Jun 2026 10:00:00 +0800
MIME-Version: 1.0
`
const words = 'We ordered two boxes of tea last week and would like to know when they will be here. '

const plain = (number: number): string =>
  `${head(number, `Order ${number}`)}Content-Type: text/plain; charset=utf-8

Hello,

${words.repeat(5)}

Kim
`
const history = `> ${words}\n`.repeat(30)
const answer = (number: number): string =>
  `${head(number, `Re: Order ${number}`)}In-Reply-To: <bench-${number - 1}@shop.example>
Content-Type: multipart/alternative; boundary="a"

--a
Content-Type: text/plain; charset=utf-8

Thank you. ${words}

On Mon, 29 Jun 2026 at 10:00, Shop <help@shop.example> wrote:
${history}
--a
Content-Type: text/html; charset=utf-8

<div>Thank you. ${words}</div><div class="gmail_quote">On Mon, 29 Jun 2026 at 10:00, Shop wrote:<blockquote>${`<p>${words}</p>`.repeat(30)}</blockquote></div>
--a--
`
const folded = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/gu, '$&\n')
// “您好，茶叶什么时候到？谢谢！” in GB18030.
const asked = Buffer.from('c4fabac3a3acb2e8d2b6cab2c3b4cab1baf2b5bda3bfd0bbd0bba3a1', 'hex')
const chinese = (number: number): string =>
  `${head(number, '=?gb18030?B?sujStg==?=')}Content-Type: text/plain; charset=gb18030
Content-Transfer-Encoding: base64

${folded(Buffer.concat(Array.from({ length: 20 }, () => Buffer.concat([asked, Buffer.from('\n')]))))}
`
const newsletter = (number: number): string =>
  `${head(number, `Offers ${number}`)}List-Unsubscribe: <https://list.example/u>
Content-Type: text/html; charset=utf-8

<html><body><table>${`<tr><td style="padding:4px"><a href="https://list.example/">${words}</a></td></tr>`.repeat(200)}</table></body></html>
`
const file = folded(randomBytes(150_000))
const withFile = (number: number): string =>
  `${head(number, `Invoice ${number}`)}Content-Type: multipart/mixed; boundary="m"

--m
Content-Type: text/plain; charset=utf-8

The invoice is attached. ${words}
--m
Content-Type: application/pdf; name="invoice-${number}.pdf"
Content-Disposition: attachment; filename="invoice-${number}.pdf"
Content-Transfer-Encoding: base64

${file}
--m--
`
