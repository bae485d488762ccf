import { beforeEach, expect, it } from 'vitest'
import { chatId, conversation, received } from '../testing/timeline.ts'
import { provideParts } from '../testing/provide-parts.ts'
import { acceptBegun } from './deliver.ts'
import { emptyState } from './core/state.ts'
import { state, visitor } from './store.ts'
import { catchUp } from './sync.ts'

const nothing = { visitor: { id: 'one' }, conversations: [], agents: [], places: [] }
/** Answers to `me` that are under way. */
let asked: ((answer: object) => void)[] = []
let token = 'one'

beforeEach(() => {
  asked = []
  token = 'one'
  state.value = emptyState
  visitor.value = null
  const me = () => new Promise<object>((resolve) => asked.push(resolve))
  provideParts({ api: { me }, session: { token: () => token } })
})
const answer = async (what: object): Promise<void> => {
  asked.shift()?.(what)
  await new Promise((resolve) => setTimeout(resolve))
}

it('keeps the words of a chat that begins while everything is read', async () => {
  const reading = catchUp()
  acceptBegun({ conversation: conversation({ lastSeq: 1 }), entries: [received(1, 'hello')] })
  await answer(nothing)
  await reading
  expect(state.value.threads.get(chatId)?.entries).toHaveLength(1)
})

it('reads again when it was asked to while an answer was under way', async () => {
  const reading = catchUp()
  void catchUp()
  void catchUp()
  await answer(nothing)
  await answer({ ...nothing, conversations: [conversation()] })
  await reading
  expect(asked).toEqual([])
  expect([...state.value.conversations.keys()]).toEqual([chatId])
})

it('takes no answer that was for somebody else', async () => {
  const reading = catchUp()
  token = 'two'
  await answer({ ...nothing, conversations: [conversation()] })
  await reading
  expect(visitor.value).toBeNull()
  expect(state.value.conversations.size).toBe(0)
})
