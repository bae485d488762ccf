import { expect, test } from 'vitest'
import { commandFor, keysOf } from '../../shared/commands.ts'
import { findCommands } from './find.ts'

const run = (): void => undefined
const commands = [
  { id: '1', title: 'Assign to me', group: 'This conversation', keys: 'm', run },
  { id: '2', title: 'Transfer', group: 'This conversation', keys: 't', run },
  { id: '3', title: 'Go to Inbox', group: 'General', keys: 'mod+k', run },
]

test('all words must fit; titles that begin with the first come first', () => {
  expect(findCommands(commands, 'conv tra').map(({ id }) => id)).toEqual(['2'])
  expect(findCommands([...commands, { id: '4', title: 'Me', group: '', run }], 'me').map(({ id }) => id)).toEqual([
    '4',
    '1',
  ])
  expect(findCommands(commands, '')).toHaveLength(3)
})

test('a key of an upper layer hides the same command below', () => {
  expect(findCommands([...commands, ...commands], 'transfer')).toHaveLength(1)
})

test('keys are named as commands name them', () => {
  const event = { key: 'K', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false }
  expect(keysOf(event)).toBe('mod+k')
  expect(keysOf({ ...event, key: '?', ctrlKey: false, shiftKey: true })).toBe('?')
  expect(keysOf({ ...event, key: 'U', ctrlKey: false, shiftKey: true })).toBe('shift+u')
})

test('keys typed while characters are composed belong to the input method', () => {
  const event = {
    key: 't',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: true,
  } as KeyboardEvent
  expect(commandFor(event, commands)).toBeUndefined()
})
