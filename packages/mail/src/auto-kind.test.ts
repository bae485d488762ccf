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
    ['a newsletter that names itself a list', `${from}\nList-Id: <n.x.example>\nList-Unsubscribe: <u>`, 'bulk'],
    ['a list that nobody can write to', `${from}\nList-Id: <n.x.example>\nList-Post: NO`, 'bulk'],
    [
      'Google Groups',
      `${from}\nPrecedence: list\nMailing-list: list g@x.example\nList-Id: <g.x.example>\nX-Google-Group-Id: 1\nList-Post: <mailto:g@x.example>\nList-Unsubscribe: <u>`,
      'list',
    ],
    ['an absence note of Exchange', `${from}\nAuto-Submitted: auto-generated\nSubject: 自动答复: 订单`, 'auto-reply'],
    [
      'one that only wants no answer',
      `${from}\nX-Auto-Response-Suppress: All\nSubject: Automatic reply: x`,
      'auto-reply',
    ],
    ['one without a return path', `${from}\nReturn-Path: <>\nSubject: Abwesenheitsnotiz: x`, 'auto-reply'],
    ['a form without a customer', 'From: noreply@shop.example\nReply-To: no-reply@shop.example', 'auto-generated'],
    ['Exchange', `${from}\nX-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: a@b.example`, 'auto-reply'],
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
    ['wants no automatic answer', `${from}\nX-Auto-Response-Suppress: OOF, AutoReply`],
    ['wants none of any kind', `${from}\nX-Auto-Response-Suppress: All`],
    ['was passed on by a program', `${from}\nX-Loop: kim@customer.example`],
    ['wrote by a form', 'From: Shop <noreply@shop.example>\nReply-To: Kim <kim@customer.example>'],
  ])('a person who %s is one, and is not answered automatically', (_, headers) =>
    expect(autoOf(headers)).toMatchObject({ kind: 'none', answerable: false }),
  )

  test.each([
    '外出就餐的发票怎么开',
    '自动回复怎么关闭？',
    '不在通知が届きました',
    'Auto: Schaden an der Tuer',
    'Abwesenheit bei der Lieferung',
    'Ausente en la entrega del pedido',
    'Out of office hours delivery?',
    'Re: Automatic reply: Order',
    'Afwezig bij levering',
  ])('the subject %s is a person’s', (subject) =>
    expect(autoOf(`${from}\nSubject: ${subject}`)).toEqual({ kind: 'none', answerable: true, reason: null }),
  )

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
    'Out of office',
    '自动回复：您好',
  ])('the subject %s alone is not answered automatically, and is no more than that', (subject) =>
    expect(autoOf(`${from}\nSubject: ${subject}`)).toEqual({
      kind: 'none',
      answerable: false,
      reason: `subject: ${subject}`,
    }),
  )
})
