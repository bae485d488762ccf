import type { AnswerWay } from '@qiao/protocol/left-message'
import type { FormField } from '@qiao/protocol/content'
import { useEffect, useRef, useState } from 'preact/hooks'
import { serviceNow } from '../begin.ts'
import { waitOf } from '../core/queue.ts'
import { leaveMessage } from '../leave-message.ts'
import { config, drafts, setDraft, show, state, visitor } from '../store.ts'
import { say } from '../words/words.ts'
import { answerByOf, AnswerWayField } from './answer-way.tsx'
import { Consent, consentNow } from './consent.tsx'
import { type Answers, Field, Fields, problems, toFirstWrong, toValues } from './form-fields.tsx'
import { HeldFiles, heldFiles } from './held-files.tsx'
import { Hours } from './home.tsx'
import '../styles/leave.css'

/** What the form knows of the address already: of its own fields, else of the visitor. */
function knownAddress(way: AnswerWay, fields: readonly FormField[], answers: Answers): string {
  const type = way === 'mail' ? 'email' : 'phone'
  const typed = fields.filter((field) => field.type === type).map(({ name }) => String(answers[name] ?? ''))
  return typed.find((text) => text.trim() !== '') ?? visitor.value?.[type] ?? ''
}

/** Somebody takes the conversation while its customer still writes: the words come along. */
function useEndOfWait(conversationId: string | null, text: string): void {
  const over = conversationId !== null && !waitOf(state.value, conversationId)
  useEffect(() => {
    if (!over) return
    setDraft('start', '')
    if (text !== '') setDraft(conversationId, text)
    show({ name: 'thread', id: conversationId })
  }, [over, conversationId, text])
}

/** A message for later (留言): outside the hours, out of a queue, or instead of a chat. */
export function LeaveForm({ conversationId }: { conversationId: string | null }) {
  const form = useRef<HTMLFormElement>(null)
  const [answers, setAnswers] = useState<Answers>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [topicLabel, setTopicLabel] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [way, setWay] = useState<AnswerWay>('chat')
  const [ownAddress, setOwnAddress] = useState<string | null>(null)
  const text = drafts.value.get('start') ?? ''
  useEndOfWait(conversationId, text)
  useEffect(() => {
    // Not on touch, where the keyboard would cover the form; nor beside the settings, where somebody types elsewhere.
    if (document.hasFocus() && !matchMedia('(pointer: coarse)').matches)
      form.current?.querySelector<HTMLElement>('select, textarea')?.focus()
  }, [])
  const known = config.value
  if (!known) return null
  const { offline, attachments } = known.settings
  const { fields, topics } = offline
  const takesFiles = offline.files && attachments.kinds.length > 0
  const address = ownAddress ?? knownAddress(way, fields, answers)

  const submit = (event: Event): void => {
    event.preventDefault()
    const found = problems(fields, answers)
    if (text.trim() === '') found['text'] = say('required')
    const files = heldFiles()
    if (files.some(({ attachment }) => !attachment)) found['files'] = say('filesRising')
    const answerBy = answerByOf(way, address)
    if ('wrong' in answerBy) found['address'] = answerBy.wrong
    if (consentNow() && !agreed) found['consent'] = say('consentNeeded')
    setErrors(found)
    if ('wrong' in answerBy || Object.keys(found).length > 0) {
      toFirstWrong(form.current)
      return
    }
    const topic = topics.find(({ label }) => label === topicLabel) ?? null
    const values = toValues(fields, answers)
    leaveMessage({ conversationId, fields, values, text: text.trim(), topic, files, answerBy })
  }
  return (
    <form ref={form} class="start-form form" noValidate aria-label={say('leaveMessage')} onSubmit={submit}>
      {conversationId === null ? serviceNow() !== 'chat' && <Hours of={known} /> : <p>{say('messageAsk')}</p>}
      {topics.length > 0 && (
        <Field
          field={{
            name: 'topic',
            label: say('topic'),
            type: 'select',
            required: false,
            options: topics.map(({ label }) => label),
          }}
          value={topicLabel}
          error={undefined}
          prefix="leave"
          onChange={(value) => setTopicLabel(String(value))}
        />
      )}
      <Field
        field={{ name: 'text', label: say('firstMessage'), type: 'textarea', required: true }}
        value={text}
        error={errors['text']}
        prefix="leave"
        onChange={(value) => setDraft('start', String(value))}
      />
      {takesFiles && <HeldFiles error={errors['files']} />}
      <Fields fields={fields} answers={answers} errors={errors} prefix="leave-field" onChange={setAnswers} />
      <AnswerWayField
        way={way}
        address={address}
        error={errors['address']}
        onWay={(next) => {
          setWay(next)
          setOwnAddress(null)
        }}
        onAddress={setOwnAddress}
      />
      <Consent agreed={agreed} error={errors['consent']} onChange={setAgreed} />
      <div class="choices-row">
        <button class="primary">{say('leaveMessage')}</button>
        {conversationId !== null && (
          <button type="button" class="link" onClick={() => show({ name: 'thread', id: conversationId })}>
            {say('keepWaiting')}
          </button>
        )}
      </div>
    </form>
  )
}
