import { expect, test } from 'vitest'
import { acknowledgementText, type InboxSettings, inboxSettings, ownAcknowledgement, widgetLocales } from './index.ts'

const wordsForLeft = (settings: InboxSettings, language: string | null, number: number): string =>
  acknowledgementText(settings, language, { number, company: 'Camellia' })
const plain = inboxSettings.parse({ defaultLocale: 'en' })
const own = inboxSettings.parse({
  defaultLocale: 'zh-CN',
  words: {
    'zh-CN': { messageLeft: '收到 {number}！{expected}{other}', replyTime: '一小时内。' },
    en: { replyTime: 'Within a day.' },
  },
})

test.each([
  [plain, null, 'Thank you, we have your message. Its number is 7. We will answer as soon as we can.'],
  [plain, 'zh', '谢谢，您的留言已收到，编号 7。我们会尽快回复您。'],
  [plain, 'pt', 'Obrigado, recebemos a sua mensagem. O número dela é 7. Responderemos assim que possível.'],
  [own, 'zh-CN', '收到 7！一小时内。{other}'],
  [own, 'sw', '收到 7！一小时内。{other}'],
  [own, 'en-GB', 'Thank you, we have your message. Its number is 7. Within a day.'],
])('words of the inbox, or ours in the customer’s language: %#', (settings, language, text) => {
  expect(wordsForLeft(settings, language, 7)).toBe(text)
})

test('every language names the number and when to expect the answer', () => {
  const all = widgetLocales.map((locale) => wordsForLeft(plain, locale, 31_415))
  for (const text of all) expect(text).toContain('31415')
  expect(all.join('')).not.toMatch(/[{}]/)
  expect(new Set(all).size).toBe(widgetLocales.length)
})

const many = inboxSettings.parse({
  defaultLocale: 'de',
  words: { de: { replyTime: 'Bis morgen.' }, fr: { replyTime: 'Demain.' } },
  acknowledgements: [
    { language: 'pt-BR', text: '{company} recebeu {number}. {expected}' },
    { language: 'sw', text: '{company}: {number}. {expected}', expected: 'Kesho.' },
    { language: 'fr', text: '{number} reçu. {expected}' },
  ],
})

test.each([
  ['pt-BR', 'Camellia recebeu 7. Responderemos assim que possível.'],
  ['pt-PT', 'Camellia recebeu 7. Responderemos assim que possível.'],
  ['sw-KE', 'Camellia: 7. Kesho.'],
  ['FR-ca', '7 reçu. Demain.'],
  // Nothing of its own: what we say in it.
  ['ru', 'Спасибо, ваше сообщение получено. Его номер: 7. Мы ответим как можно скорее.'],
  // Nobody has words for it: as in the language of the inbox.
  ['tlh', 'Danke, Ihre Nachricht ist angekommen. Sie hat die Nummer 7. Bis morgen.'],
  [null, 'Danke, Ihre Nachricht ist angekommen. Sie hat die Nummer 7. Bis morgen.'],
])('a text of the company in %s, or the nearest', (language, text) => {
  expect(wordsForLeft(many, language, 7)).toBe(text)
})

test('the very language goes before its relatives, and each stands there once', () => {
  const all = [
    { language: 'zh-CN', text: 'a', expected: '' },
    { language: 'zh-TW', text: 'b', expected: '' },
    { language: 'zh', text: 'c', expected: '' },
  ]
  expect(['zh-TW', 'zh-HK', 'zh', 'en'].map((tag) => ownAcknowledgement(all, tag)?.text)).toEqual([
    'b',
    'c',
    'c',
    undefined,
  ])
  expect(inboxSettings.safeParse({ acknowledgements: [all[0], { ...all[1], language: 'ZH-cn' }] }).success).toBe(false)
})
