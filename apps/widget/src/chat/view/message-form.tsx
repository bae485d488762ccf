import type { ContentOf } from '@qiao/protocol/content'
import type { MessageEntry } from '@qiao/protocol/entries'
import { useState } from 'preact/hooks'
import { sayMessage } from '../say-message.ts'
import { state, waiting } from '../store.ts'
import { say } from '../words/words.ts'
import { type Answers, Fields, problems } from './form-fields.tsx'

const answeredBefore = (entry: MessageEntry): boolean => {
  const answers = (content: { type: string; formEntryId?: string }): boolean =>
    content.type === 'form-response' && content.formEntryId === entry.id
  const entries = state.value.threads.get(entry.conversationId)?.entries ?? []
  return (
    entries.some((other) => other.kind === 'message.received' && answers(other.body.content)) ||
    waiting.value.some((item) => answers(item.body.content))
  )
}

/** A form that an agent or a bot sent; once answered it shows only that. */
export function MessageForm({ entry, content }: { entry: MessageEntry; content: ContentOf<'form'> }) {
  const [answers, setAnswers] = useState<Answers>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  if (answeredBefore(entry)) {
    return (
      <p>
        {content.title} · <span class="muted">{say('answered')}</span>
      </p>
    )
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    const found = problems(content.fields, answers)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    const values = content.fields.flatMap(({ name, label }) => {
      const value = answers[name]
      return value === undefined || value === '' ? [] : [{ name, label, value: value === true ? '✓' : String(value) }]
    })
    sayMessage(entry.conversationId, { type: 'form-response', formEntryId: entry.id, title: content.title, values })
  }
  return (
    <form class="form" noValidate onSubmit={submit}>
      <strong>{content.title}</strong>
      <Fields fields={content.fields} answers={answers} errors={errors} prefix={entry.id} onChange={setAnswers} />
      <button class="primary">{content.submitLabel ?? say('send')}</button>
    </form>
  )
}
