import { expect, it } from 'vitest'
import { memoryArea, memoryKeep } from '../testing/memory-keep.ts'
import { keepDrafts } from './keep-drafts.ts'
import { drafts, setDraft } from './store.ts'

it('keeps what was typed across a reload, and nothing before or after that', () => {
  const area = memoryArea()
  keepDrafts(memoryKeep(area))
  expect(area.length).toBe(0)
  setDraft('chat-1', 'half a sen')
  expect(area.length).toBe(1)

  drafts.value = new Map()
  area.setItem('qiao:shop:drafts', '[["chat-1","half a sen"]]')
  keepDrafts(memoryKeep(area))
  expect(drafts.value.get('chat-1')).toBe('half a sen')
  setDraft('chat-1', '')
  expect(area.length).toBe(0)
})
