import type { QuoteLanguage } from './quote-languages.ts'

export type QuoteCase = {
  name: string
  source: string
  html?: boolean
  subject?: string
  kept: string
  forwarded?: string
}

const marked = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
const paragraphs = (text: string) =>
  text
    .split('\n')
    .map((line) => `<div>${line || '<br>'}</div>`)
    .join('')
const escaped = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function headers({ outlook: [from, sent, to, subject] }: QuoteLanguage): string[] {
  return [
    `${from}: Anna Berg <anna@shop.example>`,
    `${sent}: 2024-05-06 10:12`,
    `${to}: Kim Doe <kim@customer.example>`,
    `${subject}: 4711`,
  ]
}

/** Wrapped where mail programs wrap: at a blank before column 60. */
function wrapped(text: string): string {
  const at = text.lastIndexOf(' ', 50)
  return at > 0 ? `${text.slice(0, at)}\n${text.slice(at + 1)}` : text
}

/** The layouts of the mail programs; each is tried in every language. */
export const quoteLayouts: Record<string, (language: QuoteLanguage) => Omit<QuoteCase, 'name'>> = {
  'gmail, text': (l) => ({ source: `${l.answer}\n\n${l.gmail}\n\n${marked(l.question)}\n`, kept: l.answer }),
  'gmail, text, wrapped': (l) => ({
    source: `${l.answer}\n\n${wrapped(l.gmail)}\n\n${marked(l.question)}\n`,
    kept: l.answer,
  }),
  'gmail, html': (l) => ({
    html: true,
    source: `<div dir="ltr">${paragraphs(l.answer)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escaped(l.gmail)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">${paragraphs(l.question)}</blockquote></div>`,
    kept: l.answer,
  }),
  'apple, text, with the phone': (l) => ({
    source: `${l.answer}\n\n${l.phone}\n\n${l.apple}\n\n${marked(l.question)}\n`,
    kept: l.answer,
  }),
  'apple, html': (l) => ({
    html: true,
    source: `<html><body dir="auto">${paragraphs(l.answer)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">${l.phone}</div><div dir="ltr"><br><blockquote type="cite">${escaped(l.apple)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">${paragraphs(l.question)}</div></blockquote></body></html>`,
    kept: l.answer,
  }),
  'outlook, text': (l) => ({
    source: `${l.answer}\n\n${l.original}\n${headers(l).join('\n')}\n\n${l.question}\n`,
    kept: l.answer,
  }),
  'outlook, text, no mark': (l) => ({
    source: `${l.answer}\n\n________________________________\n${headers(l).join('\n')}\n\n${l.question}\n`,
    kept: l.answer,
  }),
  'outlook, html': (l) => ({
    html: true,
    source: `<div class="WordSection1">${l.answer
      .split('\n')
      .map((line) => `<p class="MsoNormal">${line || '<o:p>&nbsp;</o:p>'}</p>`)
      .join(
        '\n',
      )}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${headers(
      l,
    )
      .map((line) => `<b>${escaped(line).replace(':', ':</b>')}`)
      .join('<br>')}</p></div></div><p class="MsoNormal">${l.question}</p></div>`,
    kept: l.answer,
  }),
  'outlook on the web, html': (l) => ({
    html: true,
    source: `<div class="elementToProof">${paragraphs(l.answer)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">${headers(
      l,
    )
      .map((line) => escaped(line))
      .join('<br>')}</font></div><div>${paragraphs(l.question)}</div>`,
    kept: l.answer,
  }),
  'bottom posting': (l) => ({ source: `${l.gmail}\n${marked(l.question)}\n\n${l.answer}\n`, kept: l.answer }),
  'answers between': (l) => {
    const [first = '', ...rest] = l.question.split('\n')
    return {
      source: `${l.gmail}\n\n> ${first}\n\n${l.answer}\n\n> ${rest.join('\n> ')}\n\nOK 1\n\n> --\n> Anna\n`,
      kept: `> ${first}\n\n${l.answer}\n\n> ${rest.join('\n> ')}\n\nOK 1`,
    }
  },
  'forward, text': (l) => ({
    source: `${l.answer}\n\n${l.forwarded}\n${headers(l).join('\n')}\n\n${l.question}\n`,
    kept: `${l.answer}\n\n${l.forwarded}\n${headers(l).join('\n')}\n\n${l.question}`,
    forwarded: 'anna@shop.example',
  }),
  'a signature': (l) => ({
    source: `${l.answer}\n\n-- \nKim Doe\nCustomer Ltd\n+49 30 1234\n\n${l.gmail}\n${marked(l.question)}\n`,
    kept: l.answer,
  }),
}
