import { widgetLocales } from '@qiao/protocol/inbox'
import { describe, expect, it } from 'vitest'
import { allDeskWords, type DeskWords } from './desk-words.ts'

const { en } = allDeskWords
const keys = Object.keys(en) as (keyof DeskWords)[]
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()

describe('the words of the internal desk', () => {
  it('cover the languages of the chat', () => {
    expect(Object.keys(allDeskWords).toSorted()).toEqual([...widgetLocales].toSorted())
  })

  it.each(Object.entries(allDeskWords))('are complete and translated in %s', (language, words) => {
    expect(Object.keys(words)).toEqual(keys)
    expect(keys.filter((key) => words[key].trim() === '' || /[!！]/.test(words[key]))).toEqual([])
    expect(keys.filter((key) => String(placeholders(words[key])) !== String(placeholders(en[key])))).toEqual([])
    expect(keys.filter((key) => language !== 'en' && words[key] === en[key])).toEqual([])
  })
})
