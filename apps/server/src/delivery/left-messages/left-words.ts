import { type InboxSettings, type WidgetLocale } from '@qiao/protocol'
import { fillIn, nearestLocale } from '#routing'

/** That a message which was left has arrived. The second is said where the inbox has no words for how long answers take. */
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

type Settings = Pick<InboxSettings, 'defaultLocale' | 'words'>

/** In the customer's language, or the inbox's where we have none in theirs. */
export function wordsForLeft({ defaultLocale, words }: Settings, language: string | null, number: number): string {
  const locale = nearestLocale(language ?? defaultLocale) ?? nearestLocale(defaultLocale) ?? 'en'
  const [left, soon] = builtInWords[locale]
  const own = words[locale]
  return fillIn(own?.messageLeft || left, { number: String(number), expected: own?.replyTime || soon }).trim()
}
