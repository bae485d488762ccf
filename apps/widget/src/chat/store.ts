import type { Attachment } from '@qiao/protocol/attachment'
import type { WidgetConfig } from '@qiao/protocol/inbox'
import type { MessageEntry } from '@qiao/protocol/entries'
import { batch, computed, signal } from '@preact/signals'
import type { OutboxItem } from './core/outbox.ts'
import { type ChatState, emptyState, unreadTotal } from './core/state.ts'
import type { Visitor } from './net/api.ts'
import type { Connection } from './net/socket.ts'

/** What the screen is made of. Read anywhere, written by the chat's own functions. */
export type View =
  | { name: 'home' }
  | { name: 'thread'; id: string }
  | { name: 'start' }
  | { name: 'leave'; conversationId: string | null }

export interface Upload {
  id: string
  threadId: string
  file: Blob
  name: string
  kind: 'image' | 'audio' | 'video' | 'file'
  /** Address of the bytes in this page, for pictures. */
  preview: string | null
  /** 0 to 1. */
  progress: number
  error: string | null
  /** It stays until a form takes it, instead of being said by itself. */
  held: boolean
  /** What became of it. */
  attachment: Attachment | null
  cancel: () => void
}

export const config = signal<WidgetConfig | null>(null)
export const state = signal<ChatState>(emptyState)
export const waiting = signal<readonly OutboxItem[]>([])
export const uploads = signal<readonly Upload[]>([])
export const visitor = signal<Visitor | null>(null)
export const connection = signal<Connection>('idle')
export const networkUp = signal(true)
export const view = signal<View>({ name: 'home' })
/** Inside a page's frame, or a page of its own. */
export const embedded = signal(false)
/** The frame is open on the host page. */
export const open = signal(true)
export const visible = signal(true)
export const muted = signal(false)
export const drafts = signal<ReadonlyMap<string, string>>(new Map())
export const replyTo = signal<MessageEntry | null>(null)
/** One short sentence at the top of the thread, also spoken by screen readers. */
export const notice = signal<string | null>(null)
/** For screen readers: who wrote what, as it arrives. */
export const announced = signal('')
export const celebrating = signal<string | null>(null)
/** Said by the page or typed into the pre-chat form, waiting for the first message. */
export const preChat = signal<OutboxItem['body']['preChat'] | null>(null)

/** Moves once a minute, for what depends on the time of day. */
export const minute = signal(0)

export const unread = computed(() => unreadTotal(state.value))
export const onScreen = computed(() => open.value && visible.value)

export function setDraft(threadId: string, text: string): void {
  if ((drafts.value.get(threadId) ?? '') === text) return
  drafts.value = new Map(drafts.value).set(threadId, text)
}

const moved = new Map<string, string>()

/** Where a thread went: a screen may still hold the draft's id for one drawing. */
export const movedTo = (threadId: string): string => moved.get(threadId) ?? threadId

/** A draft of a new chat has become a conversation: what is being typed under it must not be lost on the way. */
export function moveThread(from: string, to: string): void {
  moved.set(from, to)
  batch(() => {
    const text = drafts.value.get(from) ?? ''
    setDraft(from, '')
    if (text !== '') setDraft(to, text)
    const shown = view.value
    if (shown.name === 'thread' && shown.id === from) view.value = { name: 'thread', id: to }
    uploads.value = uploads.value.map((upload) =>
      upload.threadId === from ? Object.assign({}, upload, { threadId: to }) : upload,
    )
  })
}

export function show(next: View): void {
  view.value = next
}

export function answerTo(message: MessageEntry | null): void {
  replyTo.value = message
}

export function tell(text: string | null): void {
  notice.value = text
}

export function setPreChat(answers: NonNullable<typeof preChat.value>): void {
  preChat.value = answers
}

export function setMuted(value: boolean): void {
  muted.value = value
}
