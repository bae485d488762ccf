import { expect, test } from 'vitest'
import { splitHtml } from './split-html.ts'
import { splitMail, splitQuoted } from './split-quoted.ts'

const answer = '<div>It arrived, thank you.</div>'
const card = '<div>Kim Doe</div><div>Cup &amp; Co</div>'

test.each([
  ['Gmail', `<span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">${card}</div>`],
  ['Gmail, sanitised', `<div data-smartmail="gmail_signature">${card}</div>`],
  ['Thunderbird', '<pre class="moz-signature" cols="72">-- \nKim Doe\nCup &amp; Co</pre>'],
  ['Outlook on the web', `<div class="elementToProof" id="Signature">${card}</div>`],
  ['Outlook on the web, passed on', `<div id="x_Signature">${card}</div>`],
  [
    'Word, where only the first line has the bookmark',
    '<p class=MsoNormal><a name="_MailAutoSig"><span>Kim Doe</span></a></p><p class=MsoNormal>Cup &amp; Co</p>',
  ],
  ['an iPhone', `<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">${card}</div>`],
  ['an iPhone, passed on by Gmail', `<div><br id="m_-12lineBreakAtBeginningOfSignature">${card}</div>`],
  ['Apple Mail', `<div apple-content-edited="true">${card}</div>`],
  ['Foxmail', `<hr id="FMSigSeperator" size="1"><div><span id="_FoxFROMNAME">${card}</span></div>`],
  ['old Foxmail', `<hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div>${card}</div>`],
  ['163', `<div id="spnEditorSign">--<br>${card}</div>`],
  ['NetEase Mail Master', `<div class="ntes-mailmaster-signature">${card}</div>`],
  ['QQ', `<sign signid="0">${card}</sign>`],
  ['Feishu', `<div id="sig-1" class="lark-mail-signature">${card}</div>`],
  ['Yahoo', `<div class="ydp1a2b3c4signature">${card}</div>`],
  ['Yahoo on Android', '<div id="ymail_android_signature"><a href="https://x.example">From anywhere</a></div>'],
  ['Spark', `<div name="messageSignatureSection">${card}</div>`],
  ['Front', `<div class="front-signature">${card}</div>`],
  ['Mailspring', `<signature id="1">${card}</signature>`],
  ['Airmail', `<br><div id="bloop_sign_14" class="bloop_sign">${card}</div>`],
  ['Open-Xchange', `<div class="io-ox-signature">${card}</div>`],
  ['Mail.ru', `<div data-signature-widget="container">${card}</div>`],
  ['Zoho', `<div id="Zm-_Id_-Sgn">${card}</div>`],
  ['Zimbra', `<div data-marker="__SIG_PRE__">${card}</div>`],
  ['Roundcube', `<div id="_rc_sig">-- <br>${card}</div>`],
  ['an element within a line', '<div><br><font class="signature">Kim Doe<br>Cup &amp; Co</font></div>'],
])('%s', (_program, signature) => {
  const html = `<html><body>${answer}${signature}</body></html>`
  expect(splitQuoted(html, { html: true }).kept).toBe('It arrived, thank you.')
  expect(
    splitHtml(html)
      .own.replaceAll(/<[^>]*>/g, '')
      .trim(),
  ).toBe('It arrived, thank you.')
})

test('what is written below a signature is kept with it', () => {
  const html = `${answer}<div class="signature">${card}</div><div>One more thing: the blue one.</div>`
  expect(splitQuoted(html, { html: true }).kept).toContain('the blue one')
})

test('a signature that goes on ends where history or an answer below it begins', () => {
  const html = `${answer}<hr id="FMSigSeperator">${card}<blockquote>is it blue?</blockquote><div>Yes, it is.</div>`
  expect(splitQuoted(html, { html: true }).kept).toContain('Yes, it is.')
})

test('a mail that is nothing but what is marked is shown', () => {
  const html = `<div class="signature">${answer}</div>`
  expect(splitQuoted(html, { html: true }).kept).toBe('It arrived, thank you.')
})

test('what the HTML marks is taken off the text, too, which says it in other signs', () => {
  const text = 'It arrived, thank you.\n\nKim Doe\nCup & Co <https://cup.example>\n[cid:logo.png@01]\n'
  const html = `${answer}<div id="Signature"><p>Kim <b>Doe</b></p><p><a href="https://cup.example">Cup &amp; Co</a><img src="cid:1"></p></div>`
  const split = splitMail(text, html, {})
  expect(split.kept).toBe('It arrived, thank you.')
  expect(split.signature).toContain('Kim Doe')
})

test('a text that ends in other words than the signature stays as it is', () => {
  const text = 'It arrived, thank you.\n\nYours\nKim Doe, in a hurry\n'
  expect(splitMail(text, `${answer}<div id="Signature">Kim Doe</div>`, {}).kept).toBe(text.trim())
})
