import type { WidgetConfig } from '@qiao/protocol/inbox'
import { inboxSettings } from '@qiao/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chatId, conversation } from '../testing/timeline.ts'
import { trusted } from '../shared/trusted.ts'
import { run } from './commands.ts'
import { emptyState, withKey } from './core/state.ts'
import type { OutboxItem } from './core/outbox.ts'
import { provide } from './services.ts'
import { config, drafts, state, view } from './store.ts'

const add = vi.fn<(item: OutboxItem) => void>()
const consent = { text: 'I agree.', linkLabel: 'Privacy', url: 'https://shop.example/privacy' }

function shop(preChat: object, identity: { required: boolean } = { required: false }): void {
  const settings = inboxSettings.parse({ preChat })
  config.value = trusted<WidgetConfig>({ settings: { ...settings, identity }, hours: null, paused: false, team: [] })
}

beforeEach(() => {
  vi.stubGlobal('screen', { width: 390, height: 844 })
  add.mockClear()
  provide(trusted({ outbox: { add }, session: { identified: () => false } }))
  state.value = emptyState
  drafts.value = new Map()
  view.value = { name: 'home' }
})

afterEach(() => {
  vi.unstubAllGlobals()
})

it('sends what the page says at once where nothing is asked first', () => {
  shop({})
  run({ type: 'command', name: 'sendMessage', args: [' Hello '] })
  expect(add.mock.lastCall?.[0]).toMatchObject({ conversationId: null, body: { content: { text: 'Hello' } } })
  expect(view.value.name).toBe('thread')
})

it('leaves consent to the visitor: the words of the page wait in the form', () => {
  shop({ enabled: true, consent })
  for (const name of ['sendMessage', 'prefill', 'newConversation'] as const) {
    view.value = { name: 'home' }
    run({ type: 'command', name, args: [`by ${name}`] })
    expect(view.value).toEqual({ name: 'start' })
    expect(drafts.value.get('start')).toBe(`by ${name}`)
  }
  expect(add).not.toHaveBeenCalled()
})

it('writes nothing for somebody who has to sign in first', () => {
  shop({}, { required: true })
  run({ type: 'command', name: 'sendMessage', args: ['Hello'] })
  expect(add).not.toHaveBeenCalled()
})

it('goes on in the newest open chat, whose form was answered', () => {
  shop({ enabled: true, consent })
  const older = conversation({ id: 'older' })
  const newer = conversation({ id: chatId, lastActivityAt: '2026-01-06T08:00:00.000Z' })
  state.value = {
    ...emptyState,
    conversations: withKey(withKey(emptyState.conversations, older.id, older), chatId, newer),
  }
  run({ type: 'command', name: 'prefill', args: ['And in blue?'] })
  expect(view.value).toEqual({ name: 'thread', id: chatId })
  expect(drafts.value.get(chatId)).toBe('And in blue?')
  run({ type: 'command', name: 'sendMessage', args: ['Thanks'] })
  expect(add.mock.lastCall?.[0]).toMatchObject({ conversationId: chatId })
})
