import { expect, it } from 'vitest'
import { drafts, movedTo, moveThread, setDraft, show, view } from './store.ts'

it('keeps the words that are being typed while the chat gets its id', () => {
  show({ name: 'thread', id: 'draft' })
  setDraft('draft', 'and anoth')
  moveThread('draft', 'chat-1')
  expect(view.value).toEqual({ name: 'thread', id: 'chat-1' })
  expect(drafts.value.get('chat-1')).toBe('and anoth')
  expect(drafts.value.get('draft')).toBe('')
  expect(movedTo('draft')).toBe('chat-1')
  expect(movedTo('chat-1')).toBe('chat-1')
})
