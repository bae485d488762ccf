import { expect, test } from 'vitest'
import { newTopic } from './topics.ts'

test('a new topic takes no code that is in use', () => {
  expect(newTopic([]).key).toBe('topic-1')
  expect(newTopic([{ key: 'topic-2', label: '发票' }]).key).toBe('topic-3')
})
