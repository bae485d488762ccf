import { describe, expect, test } from 'vitest'
import { splitMail, splitQuoted } from './split-quoted.ts'

const kept = (below: string, sender = '') => splitQuoted(`Yes please\n\n${below}`, { sender }).kept

describe('headers that programs print above what is answered', () => {
  test.each([
    ['Saatja', 'Saadetud', 'Adressaat', 'Teema'],
    ['No', 'Nosūtīts', 'Kam', 'Temats'],
    ['Nuo', 'Išsiųsta', 'Kam', 'Tema'],
    ['Šalje', 'Poslano', 'Prima', 'Predmet'],
    ['Od', 'Poslano', 'Za', 'Zadeva'],
    ['De', 'Enviat el', 'Per a', 'Assumpte'],
    ['Nork', 'Bidalia', 'Nori', 'Gaia'],
    ['Frá', 'Sent', 'Til', 'Efni'],
    ['Απο', 'Αποστολή', 'Προς', 'Θέμα'],
    ['प्रेषक', 'भेजा गया', 'प्रति', 'विषय'],
    ['Daripada', 'Dihantar', 'Kepada', 'Subjek'],
    ['จาก', 'ส่ง', 'ถึง', 'ชื่อเรื่อง'],
  ])('%s, %s', (from, date, to, subject) => {
    const value = { from: 'Anna Berg <anna@shop.example>', date: '6.5.2026 15:06', to: 'Kim', subject: 'Cups' }
    const lines = `${from}: ${value.from}\n${date}: ${value.date}\n${to}: ${value.to}\n${subject}: ${value.subject}`
    expect(kept(`${lines}\n\nold`)).toBe('Yes please')
  })
})

describe('marks and introductions', () => {
  test.each([
    '------------------&nbsp;原始邮件&nbsp;------------------\n发件人:&nbsp;"王芳"\nold',
    '-------- 原始信息 --------\nold',
    '>>> Anna Berg 06.05.2026 15:06 >>>\nold',
    '>>> "Anna Berg" <anna@shop.example> 5/6/2026 3:06 PM >>>\nold',
    '---------- Původní e-mail ----------\nOd: Anna\nold',
    '原始邮件\n发件人：王芳 <fang@shop.example>\n发件时间：2026年5月9日 12:00\n收件人：李雷\nold',
    '-------- Оригінальне повідомлення --------\nold',
    '-------- Originalteade --------\nold',
    '----- Ursprüngliche E-Mail -----\nold',
    '山田花子 wrote:\n> old',
    'cup lover via Cup Forum wrote:\n> old',
    'Anna Berg schrieb am 06.05.2026 um 15:06:\nold',
    'Friday, May 8, 2026, 3:06:07 PM, you wrote:\n\nAB> old\nAB> older',
  ])('%s', (below) => expect(kept(below)).toBe('Yes please'))

  test.each([
    '##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein -##',
    '## Bitte gib deine Antwort oberhalb dieser Zeile ein. ##',
    '##- Por favor, escriba su respuesta por encima de esta línea -##',
    '##- Veuillez taper votre réponse au-dessus de cette ligne -##',
    '##- Digite sua resposta acima desta linha -##',
    '##- Typ uw antwoord boven deze regel -##',
    '##- Wpisz swoją odpowiedź powyżej tej linii -##',
    '##- Введите ответ над этой строкой -##',
    '##- この行より上に返信を入力してください -##',
    '##- 이 줄 위에 답장을 입력하세요 -##',
    '--- 请在此行以上回复 ---',
    '---\n*Previous Replies*',
  ])('of help desks and forums: %s', (mark) => expect(kept(`${mark}\n\nold`)).toBe('Yes please'))

  test.each(['- the line above is wrong', '** the line above **', 'See the line above, please'])('%s is said', (line) =>
    expect(kept(`${line}\nreally`)).toBe(`Yes please\n\n${line}\nreally`),
  )

  test('a prompt is no quote', () =>
    expect(kept('SQL> select cups\nno rows')).toBe('Yes please\n\nSQL> select cups\nno rows'))
})

describe('what phones and programs append', () => {
  test.each([
    'From my iPhone 16',
    'Kim from mobile',
    'Sent from Mail<https://go.example/?id=5> for Windows',
    'Get Outlook for iOShttps://aka.example/o0',
    'Sent from [Outlook](http://aka.example/o0)',
    "Envoyé à partir d'Outlook",
    'Enviado desde Correo para Windows',
    'Skickades från E-post för Windows',
    'Küldve a Windows Posta alkalmazásból',
    'Windows için Posta ile gönderildi',
    "iOS için Outlook'u edinin",
    'Obtenez Outlook pour iOS',
    'Pobierz aplikację Outlook dla systemu iOS',
    'Изпратено от моя iPhone',
    'ส่งจาก iPhone ของฉัน',
    '发自 Windows 版邮件',
    '寄自 Yahoo 信箱',
    '从我的手机发送',
    'Windows 版のメールから送信',
    'iOS 版 Outlook を入手',
    'Windows용 메일에서 보냄',
  ])('%s', (line) => expect(kept(line)).toBe('Yes please'))

  test.each(['从手机下单失败', '自从换了手机就登录不了', 'Enviado por correo para la tienda', 'Kargo ile gönderildi'])(
    '%s is said by a person',
    (line) => expect(kept(line)).toBe(`Yes please\n\n${line}`),
  )
})

describe('a forward of Gmail, whose markup calls its head a quote', () => {
  const html =
    '<div>Please see.<br><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Anna</b> &lt;anna@shop.example&gt;<br>Date: 6 May<br>Subject: Cups<br>To: Kim<br></div><br>are they red?</div></div>'
  const text =
    'Please see.\n\n---------- Forwarded message ---------\nFrom: Anna <anna@shop.example>\nDate: 6 May\nSubject: Cups\nTo: Kim\n\nare they red?\n'

  test.each([
    ['HTML', ''],
    ['both forms', text],
  ])('in %s stays with what was written', (_form, plain) => {
    const split = splitMail(plain, html, { subject: 'Fwd: Cups' })
    expect(split.kept).toContain('are they red?')
    expect(split.forwarded?.from?.address).toBe('anna@shop.example')
  })
})

describe('paragraphs of law', () => {
  test.each([
    'Le informazioni contenute in questo messaggio sono per chi lo riceve.',
    'Les informations contenues dans ce message sont pour vous.',
    'La información contenida en este correo es para usted.',
    'As informações contidas nesta mensagem são para você.',
    'Der Inhalt dieser E-Mail ist nur für Sie.',
    'De informatie in deze e-mail is voor u.',
    'Informacje zawarte w tej wiadomości są dla Pana.',
    '免责声明：这封信是给您的。',
  ])('%s', (law) => expect(kept(law)).toBe('Yes please'))
})

describe('signatures between rules', () => {
  test.each([
    '-----------------------------------\n株式会社カップ\n山田花子\nTEL: 03-1234-5678\n-----------------------------------',
    '━━━━━━━━━━\n営業部 山田花子\n〒100-0001 東京都\n━━━━━━━━━━\n\n2026年5月9日(土) 12:00 Anna <anna@shop.example>:\n\n> old',
    '**********\nKim Doe\nkim@cup.example\n**********',
  ])('%s', (box) => expect(kept(box)).toBe('Yes please'))

  test.each([
    '==========\n注文番号 12\nTEL 03-1234-5678\n==========',
    '----------\nred cup\nblue cup\n----------',
    '==========\nYour message could not be delivered to\nkim@cup.example\n==========',
    '----------\nTicket | 12\nCreated by | kim@cup.example\nVersion | 5\nState | new\nKind | wish\n----------',
  ])('%s says something else', (box) => expect(kept(box)).toContain(box.split('\n')[1]))
})

describe('cards of Chinese programs in the text', () => {
  const history = '在2026年5月6日 10:54，王芳<fang@shop.example> 写道：\nold'
  test.each([
    ['NetEase Mail Master', `| |\n李雷\n|\n|\nlei@cup.example\n|\n签名由 网易邮箱大师 定制\n${history}`],
    ['NetEase without its name', `| |\n李雷\n|\n\n---- 回复的原邮件 ----\n| 发件人 | 王芳 |\nold`],
    [
      'the address that Foxmail puts there',
      `lei@cup.example\n \n发件人： 王芳\n发送时间： 2026-05-06\n主题： 杯子\nold`,
    ],
  ])('%s', (_program, below) => expect(kept(below, 'Lei@cup.example')).toBe('Yes please'))

  test('an address that somebody answers with is said', () =>
    expect(splitQuoted('It is:\nlei@cup.example', { sender: 'lei@cup.example' }).kept).toBe('It is:\nlei@cup.example'))
})
