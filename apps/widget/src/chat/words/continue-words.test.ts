import { widgetLocales } from '@qiao/protocol/inbox'
import { describe, expect, it } from 'vitest'
import { allContinueWords, type ContinueWords } from './continue-words.ts'

const { en } = allContinueWords
const keys = Object.keys(en) as (keyof ContinueWords)[]

describe('the words of going on elsewhere', () => {
  it('cover the languages of the chat', () => {
    expect(Object.keys(allContinueWords).toSorted()).toEqual([...widgetLocales].toSorted())
  })

  it.each(Object.entries(allContinueWords))('are complete and translated in %s', (language, words) => {
    expect(Object.keys(words)).toEqual(keys)
    expect(keys.filter((key) => words[key].includes('{app}') !== en[key].includes('{app}'))).toEqual([])
    expect(keys.filter((key) => language !== 'en' && words[key] === en[key])).toEqual([])
  })
})
