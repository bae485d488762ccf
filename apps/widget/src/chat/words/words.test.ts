import { widgetLocales } from '@qiao/protocol/inbox'
import { describe, expect, it } from 'vitest'
import { words as ar } from './ar.ts'
import { words as de } from './de.ts'
import { type Words, words as en } from './en.ts'
import { words as es } from './es.ts'
import { words as fr } from './fr.ts'
import { words as ja } from './ja.ts'
import { words as ko } from './ko.ts'
import { chooseLocale, isRightToLeft, locales, matchLocale } from './locale.ts'
import { words as ptBr } from './pt-br.ts'
import { words as ru } from './ru.ts'
import { words as vi } from './vi.ts'
import { fill } from './words.ts'
import { words as zhCn } from './zh-cn.ts'
import { words as zhTw } from './zh-tw.ts'

const all: Record<string, Words> = {
  'zh-CN': zhCn,
  'zh-TW': zhTw,
  en,
  ja,
  ko,
  es,
  fr,
  de,
  'pt-BR': ptBr,
  ru,
  ar,
  vi,
}
const keys = Object.keys(en) as (keyof Words)[]
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()
/** Brand-like words that are the same in several languages. */
const mayBeEqual = new Set(['emoji', 'video', 'image', 'bot', 'placeholder', 'product', 'online', 'back', 'form'])

describe('the words', () => {
  it('cover the languages of the protocol', () => {
    expect(locales).toEqual(widgetLocales)
    expect(Object.keys(all)).toEqual([...widgetLocales])
  })

  describe.each(Object.entries(all))('in %s', (language, words) => {
    it('are complete, with the same blanks to fill', () => {
      expect(Object.keys(words)).toEqual(keys)
      expect(keys.filter((key) => words[key].trim() === '')).toEqual([])
      expect(keys.filter((key) => String(placeholders(words[key])) !== String(placeholders(en[key])))).toEqual([])
    })

    it('have every plural form that the language needs', () => {
      for (const count of [0, 1, 2, 3, 5, 11, 21, 100]) {
        const category = new Intl.PluralRules(language).select(count)
        for (const counted of [words.unread, words.ahead]) {
          expect(counted).toContain(`${category}:`)
          expect(fill(counted, { n: count }, language)).not.toMatch(/[{|]|other:/)
        }
      }
    })

    it('are translated', () => {
      if (language === 'en') return
      expect(keys.filter((key) => words[key] === en[key] && !mayBeEqual.has(key))).toEqual([])
    })
  })

  it('leave a company’s own words alone', () => {
    expect(fill('Open 9|17', {}, 'en')).toBe('Open 9|17')
    expect(fill('Ends at {time}', { time: '9:00' }, 'en')).toBe('Ends at 9:00')
  })
})

describe('the language', () => {
  it.each([
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-Hant', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['pt', 'pt-BR'],
    ['en_GB', 'en'],
    ['AR-eg', 'ar'],
    ['sw', null],
  ])('for %s is %s', (tag, expected) => {
    expect(matchLocale(tag)).toBe(expected)
  })

  it('is the first wish that we speak, else the inbox’s', () => {
    expect(chooseLocale([null, 'sw', 'fr-CA', 'de'], 'en')).toBe('fr')
    expect(chooseLocale(['sw'], 'vi')).toBe('vi')
    expect(isRightToLeft('ar')).toBe(true)
  })
})
