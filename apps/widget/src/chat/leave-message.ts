import type { AnswerBy } from '@qiao/protocol/left-message'
import type { FormField, FormValues } from '@qiao/protocol/content'
import { batch } from '@preact/signals'
import { newId } from './core/new-id.ts'
import type { Left } from './core/outbox.ts'
import { dropUpload } from './files.ts'
import { pageNow } from './page.ts'
import { services } from './services.ts'
import { movedTo, setDraft, show, type Upload } from './store.ts'

interface Written {
  /** The conversation that waits in a queue, or null for a new one. */
  conversationId: string | null
  fields: readonly FormField[]
  values: FormValues
  text: string
  topic: { key: string; label: string } | null
  /** All of them with the server. */
  files: readonly Upload[]
  answerBy: AnswerBy
}

function leftOf({ fields, values, text, topic, files, answerBy }: Written): Left {
  const risen = files.flatMap(({ attachment }) => attachment ?? [])
  const page = pageNow()
  return {
    ask: {
      values,
      text,
      ...(topic ? { topic: topic.key } : {}),
      attachmentIds: risen.map(({ id }) => id),
      answerBy,
      ...(page ? { page } : {}),
    },
    content: {
      type: 'left-message',
      text,
      topic,
      values: fields.flatMap(({ name, label }) => {
        const value = values[name]
        return value === undefined || value === false
          ? []
          : [{ name, label, value: value === true ? '✓' : String(value) }]
      }),
      files: risen.map(({ id, kind, name, mime, bytes, width, height, durationMs }) =>
        Object.assign({ id, kind, name, mime, bytes, width, height, durationMs }),
      ),
      answerBy,
    },
  }
}

/** Puts it on its way, as any message: on the screen at once, kept across a reload until the server has it. */
export function leaveMessage(written: Written): void {
  const { conversationId, text, files } = written
  const threadId = conversationId === null ? newId() : movedTo(conversationId)
  batch(() => {
    services().outbox.add({
      clientKey: newId(),
      threadId,
      conversationId: conversationId === null ? null : threadId,
      body: { content: { type: 'text', text } },
      left: leftOf(written),
      at: new Date().toISOString(),
      state: 'queued',
    })
    setDraft('start', '')
    for (const { id } of files) dropUpload(id)
    show({ name: 'thread', id: threadId })
  })
}
