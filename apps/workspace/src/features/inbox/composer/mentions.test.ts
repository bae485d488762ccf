import { expect, test } from 'vitest'
import { splitByMarks } from '../thread/note-text.tsx'
import { mentionAt, mentionedIn } from './mentions.ts'

test('an @ after a space or at the beginning asks for a name', () => {
  expect(mentionAt('@li', 3)).toEqual({ from: 0, query: 'li' })
  expect(mentionAt('请看 @林', 5)).toEqual({ from: 3, query: '林' })
  expect(mentionAt('a@example.com', 13)).toBeNull()
  expect(mentionAt('@li na', 6)).toBeNull()
})

test('only names that still stand in the text are mentioned', () => {
  const agents = [
    { id: '1', name: '林晓' },
    { id: '2', name: 'Emma Clarke' },
  ]
  expect(mentionedIn('@Emma Clarke 麻烦看一下', agents)).toEqual(['2'])
})

test('the longer name wins over one that it begins with', () => {
  expect(splitByMarks('hi @Li Na!', ['@Li', '@Li Na'])).toEqual(['hi ', '@Li Na', '!'])
})
