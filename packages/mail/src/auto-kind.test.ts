import { describe, expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'

const autoOf = (headers: string) => parseMail(Buffer.from(`${headers}\n\ntext\n`)).auto
const from = 'From: kim@customer.example'

describe('automatic mail', () => {
  test.each([
    ['a person', from, 'none'],
    ['a person says no', `${from}\nAuto-Submitted: no`, 'none'],
    ['RFC 3834', `${from}\nAuto-Submitted: auto-replied`, 'auto-reply'],
    ['RFC 3834 with parameters', `${from}\nAuto-Submitted: auto-replied; owner-email="a@b.example"`, 'auto-reply'],
    ['a notification', `${from}\nAuto-Submitted: auto-generated`, 'auto-generated'],
    ['X-Autoreply', `${from}\nX-Autoreply: yes`, 'auto-reply'],
    ['Precedence: auto_reply', `${from}\nPrecedence: auto_reply`, 'auto-reply'],
    ['Precedence: bulk', `${from}\nPrecedence: bulk`, 'bulk'],
    ['a list', `${from}\nList-Id: <users.list.example>\nPrecedence: list`, 'list'],
    ['a newsletter', `${from}\nList-Unsubscribe: <https://x.example/u>`, 'bulk'],
    ['Exchange', `${from}\nX-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: a@b.example`, 'auto-reply'],
    ['suppressed answers', `${from}\nX-Auto-Response-Suppress: OOF, AutoReply`, 'auto-generated'],
    ['only delivery reports suppressed', `${from}\nX-Auto-Response-Suppress: DR, NDR`, 'none'],
    ['no return path', `${from}\nReturn-Path: <>`, 'auto-generated'],
    ['a mail server', 'From: MAILER-DAEMON@mx.example', 'auto-generated'],
    [
      'a receipt',
      `${from}\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x`,
      'auto-generated',
    ],
    ['nobody answers', 'From: no-reply@shop.example', 'auto-generated'],
    ['a person whose subject is a holiday', `${from}\nSubject: Question about vacation rentals`, 'none'],
  ])('%s', (_, headers, kind) => expect(autoOf(headers).kind).toBe(kind))

  test.each([
    'Out of Office: Re: Order',
    'Automatic reply: Order',
    'Abwesenheitsnotiz: Bestellung',
    'Automatische Antwort: Bestellung',
    'Réponse automatique : Commande',
    'Respuesta automática: Pedido',
    'Resposta automática: Pedido',
    'Risposta automatica: Ordine',
    'Automatisch antwoord: Bestelling',
    'Автоответ: Заказ',
    'Automatyczna odpowiedź: Zamówienie',
    'Autosvar: Order',
    'Automaattinen vastaus: Tilaus',
    'Otomatik Yanıt: Sipariş',
    'Automatická odpověď: Objednávka',
    '自动回复: 订单',
    '自動回覆: 訂單',
    '自動返信: 注文',
    '자동 회신: 주문',
    'Trả lời tự động: Đơn hàng',
    'رد تلقائي: طلب',
  ])('the subject %s', (subject) =>
    expect(autoOf(`${from}\nSubject: ${subject}`)).toEqual({ kind: 'auto-reply', reason: `subject: ${subject}` }),
  )
})
