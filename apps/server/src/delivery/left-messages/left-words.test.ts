import { inboxSettings, widgetLocales } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { wordsForLeft } from './left-words.ts'

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
