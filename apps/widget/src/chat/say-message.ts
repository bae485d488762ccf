import { batch } from '@preact/signals'
import { newId } from './core/new-id.ts'
import type { SendBody } from './net/api.ts'
import { device, pageNow, wantedAgent } from './page.ts'
import { celebrate } from './effects/celebrate.ts'
import { services } from './services.ts'
import { movedTo, preChat, replyTo, state } from './store.ts'
import { stopWriting } from './typing.ts'

type Content = SendBody['content']

/** Puts a message on its way. It is on the screen at once and survives a reload until the server has it. */
export function sayMessage(shownId: string, content: Content): void {
  const threadId = movedTo(shownId)
  const known = state.value.conversations.has(threadId)
  const answered = replyTo.value
  const body: Omit<SendBody, 'clientKey' | 'conversationId'> = {
    content,
    ...(answered && answered.conversationId === threadId ? { replyToId: answered.id } : {}),
    ...(known
      ? {}
      : {
          page: pageNow(),
          device: device(),
          ...wantedAgent(),
          ...(preChat.value ? { preChat: preChat.value } : {}),
        }),
  }
  batch(() => {
    stopWriting()
    replyTo.value = null
    if (!known) preChat.value = null
    services().outbox.add({
      clientKey: newId(),
      threadId,
      conversationId: known ? threadId : null,
      body,
      at: new Date().toISOString(),
      state: 'queued',
    })
  })
  if (content.type === 'text') celebrate(content.text)
}
