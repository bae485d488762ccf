import { afterEach, expect, test } from 'vitest'
import { defineWords, i18n, translate } from './i18n.ts'

const words = defineWords('i18n-test', {
  'zh-CN': { hello: '你好，{{name}}', left_other: '还剩 {{count}} 条', plain: '好' },
  en: { hello: 'Hello, {{name}}', left_one: '{{count}} left', left_other: '{{count}} are left', plain: 'ok' },
})
afterEach(() => i18n.changeLanguage('zh-CN'))

test('names and numbers stand in their places, in the form that the language has for the number', async () => {
  expect(translate(words, 'hello', { name: '<b>{{plain}}</b>' })).toBe('你好，<b>{{plain}}</b>')
  expect(translate(words, 'left', { count: 1 })).toBe('还剩 1 条')
  await i18n.changeLanguage('en')
  expect(translate(words, 'left', { count: 1 })).toBe('1 left')
  expect(translate(words, 'left', { count: 0 })).toBe('0 are left')
  expect(translate(words, 'plain')).toBe('ok')
})
