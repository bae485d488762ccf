import type { Acknowledgement, InboxSettings, WidgetLocale } from './inbox.ts'
import { fillIn, nearestLocale } from './nearest-locale.ts'

/** That a message has arrived. The second is said where nobody has written how long answers take. */
const builtInWords: Record<WidgetLocale, readonly [left: string, soon: string]> = {
  'zh-CN': ['谢谢，您的留言已收到，编号 {number}。{expected}', '我们会尽快回复您。'],
  'zh-TW': ['謝謝，您的留言已收到，編號 {number}。{expected}', '我們會盡快回覆您。'],
  en: ['Thank you, we have your message. Its number is {number}. {expected}', 'We will answer as soon as we can.'],
  ja: ['メッセージを受け取りました（番号 {number}）。{expected}', 'できるだけ早くお返事します。'],
  ko: ['메시지를 잘 받았습니다(번호 {number}). {expected}', '최대한 빨리 답변드리겠습니다.'],
  es: ['Gracias, hemos recibido su mensaje. Su número es {number}. {expected}', 'Le responderemos lo antes posible.'],
  fr: [
    'Merci, nous avons bien reçu votre message. Son numéro est le {number}. {expected}',
    'Nous vous répondrons dès que possible.',
  ],
  de: [
    'Danke, Ihre Nachricht ist angekommen. Sie hat die Nummer {number}. {expected}',
    'Wir antworten so bald wie möglich.',
  ],
  'pt-BR': [
    'Obrigado, recebemos a sua mensagem. O número dela é {number}. {expected}',
    'Responderemos assim que possível.',
  ],
  ru: ['Спасибо, ваше сообщение получено. Его номер: {number}. {expected}', 'Мы ответим как можно скорее.'],
  ar: ['شكرًا، لقد وصلتنا رسالتك. رقمها {number}. {expected}', 'سنرد عليك في أقرب وقت ممكن.'],
  vi: [
    'Cảm ơn, chúng tôi đã nhận được lời nhắn của bạn. Mã số là {number}. {expected}',
    'Chúng tôi sẽ trả lời sớm nhất có thể.',
  ],
}

export type AcknowledgementSettings = Pick<InboxSettings, 'defaultLocale' | 'words' | 'acknowledgements'>
export interface ToFillIn {
  /** Of the conversation. */
  number: number
  /** The name of the organisation. */
  company: string
}

const plain = (tag: string): string => tag.toLowerCase()

/**
 * The company's own text in a language: of that very tag, else of the tag with less behind it (`pt` for `pt-BR`), else of
 * another one of the same language (`pt-BR` for `pt-PT`); null where there is none.
 */
export function ownAcknowledgement(all: readonly Acknowledgement[], language: string): Acknowledgement | null {
  const parts = plain(language).split('-')
  for (let count = parts.length; count > 0; count -= 1) {
    const tag = parts.slice(0, count).join('-')
    const found = all.find((each) => plain(each.language) === tag)
    if (found) return found
  }
  return all.find((each) => plain(each.language).split('-')[0] === parts[0]) ?? null
}

/** How long answers take, in the company's words or ours. */
function expectedIn(
  { words }: AcknowledgementSettings,
  own: Acknowledgement | null,
  locale: WidgetLocale | null,
): string {
  return own?.expected || (locale ? words[locale]?.replyTime || builtInWords[locale][1] : '')
}

/**
 * What says that a message has arrived: the company's own text in the customer's language; else what we say in it, with the
 * company's words for it where it has them; else both in the language of the inbox.
 */
export function acknowledgementText(
  settings: AcknowledgementSettings,
  language: string | null,
  { number, company }: ToFillIn,
): string {
  const { defaultLocale, acknowledgements } = settings
  const wanted = [...(language === null ? [] : [language]), defaultLocale]
  for (const tag of wanted) {
    const own = ownAcknowledgement(acknowledgements, tag)
    const locale = nearestLocale(tag)
    if (!own && !locale) continue
    const text = own?.text || (locale && (settings.words[locale]?.messageLeft || builtInWords[locale][0])) || ''
    const expected = expectedIn(settings, own, locale)
    return fillIn(text, { number: String(number), expected, company }).trim()
  }
  return ''
}

export type MailAcknowledgementSettings = AcknowledgementSettings & Pick<InboxSettings, 'mail'>

/** The same of a letter: Chinese and English have a text that every inbox of letters has, unless there is one among the others. */
export function mailAcknowledgementText(
  settings: MailAcknowledgementSettings,
  language: string,
  values: ToFillIn,
): string {
  const { zh, en } = settings.mail.acknowledgement
  const primary = language.split('-')[0]?.toLowerCase()
  const text = (primary === 'zh' ? zh : primary === 'en' ? en : '').trim()
  if (text === '' || ownAcknowledgement(settings.acknowledgements, language))
    return acknowledgementText(settings, language, values)
  const locale = nearestLocale(language)
  const expected = (locale && settings.words[locale]?.replyTime) || (primary === 'en' ? 'as soon as possible' : '尽快')
  return acknowledgementText({ ...settings, acknowledgements: [{ language, text, expected }] }, language, values)
}
