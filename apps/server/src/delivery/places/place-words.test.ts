import { queueSettings, widgetLocales } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { builtInWords } from './built-in-words.ts'
import { chosenOf, placeText, speakingTo, stayText, withChoices } from './place-words.ts'

const plain = { settings: queueSettings.parse({}) }
const own = {
  settings: queueSettings.parse({
    words: {
      en: { queued: 'Number {position}, about {wait} min', next: 'Almost there', taken: '{agent} ({number}) here' },
      'zh-CN': { closed: '已下班' },
    },
  }),
}
const wait = { lowSeconds: 120, highSeconds: 300 }

test.each([
  ['began', 3, wait, 'en', '2 people are ahead of you. Estimated wait: 2–5 minutes'],
  ['moved', 2, null, 'en-GB', '1 person is ahead of you'],
  ['next', 1, null, 'en', 'You are next'],
  ['began', 3, wait, null, '您前面还有 2 位，预计 2–5 分钟'],
  ['began', 3, null, 'ru', 'Перед вами 2 человека'],
  ['began', 3, wait, 'xx', '您前面还有 2 位，预计 2–5 分钟'],
] as const)('built in: %s at %i', (kind, position, range, language, words) => {
  expect(placeText(kind, { position, wait: range }, speakingTo(plain, language, 'zh-CN'))).toBe(words)
})

test('the own words of the queue come first, unless they would name a wait that nobody knows', () => {
  const english = speakingTo(own, 'en-US', 'zh-CN')
  expect(placeText('began', { position: 4, wait }, english)).toBe('Number 4, about 2–5 min')
  expect(placeText('began', { position: 4, wait: null }, english)).toBe('3 people are ahead of you')
  expect(placeText('next', { position: 1, wait }, english)).toBe('Almost there')
  expect(stayText('taken', { agent: { name: 'Li Na', number: '1024' } }, english)).toBe('Li Na (1024) here')
  expect(stayText('taken', { agent: { name: 'Li Na', number: null } }, english)).toBe('Li Na is here to help you')
  expect(stayText('closed', {}, speakingTo(own, null, 'zh-CN'))).toBe('已下班')
})

test('an agent has name and number, in each language', () => {
  const agent = { name: '李娜', number: '1024' }
  expect(stayText('taken', { agent }, speakingTo(plain, 'zh-CN', 'en'))).toBe('客服 李娜（工号 1024）为您服务')
  for (const locale of widgetLocales) {
    const text = stayText('taken', { agent }, speakingTo(plain, locale, 'en'))
    expect(text).toContain('1024')
    expect(text).not.toContain('{')
  }
})

test('no language lacks a word or has the same for two things', () => {
  const english = Object.keys(builtInWords.en)
  for (const locale of widgetLocales) {
    expect(Object.keys(builtInWords[locale])).toEqual(english)
    expect(new Set(Object.values(builtInWords[locale])).size).toBe(english.length)
  }
})

test.each([
  ['1', 'message'],
  [' ２。', 'nothing'],
  ['leave THE queue', 'nothing'],
  ['3', null],
  ['1 tea please', null],
  ['', null],
] as const)('“%s” means %s', (text, meant) => {
  const menu = withChoices('Wait', ['message', 'nothing'], speakingTo(plain, 'en', 'en'))
  const options = menu.type === 'menu' ? menu.options : []
  expect(chosenOf({ text }, options)).toBe(meant)
})

test('what is pressed counts, not the words on it', () => {
  const options = [{ id: 'wait-callback', label: 'Call me back' }]
  const choice = (optionId: string) => ({ menuEntryId: '01900000-0000-7000-8000-000000000001', optionId })
  expect(chosenOf({ text: 'x', choice: choice('wait-callback') }, options)).toBe('callback')
  expect(chosenOf({ text: '1', choice: choice('another menu') }, options)).toBeNull()
})
