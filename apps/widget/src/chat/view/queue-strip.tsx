import { useEffect, useRef, useState } from 'preact/hooks'
import { phoneOf } from '../core/phone.ts'
import { waitOf } from '../core/queue.ts'
import type { Waiting } from '../core/state.ts'
import { leaveQueue, leaving } from '../leave-queue.ts'
import type { LeaveBody } from '../net/api.ts'
import { show, state, visitor } from '../store.ts'
import { choiceWords } from '../words/choice-words.ts'
import { waitWords } from '../words/wait-words.ts'
import { say } from '../words/words.ts'
import type { Words } from '../words/en.ts'
import { Field } from './form-fields.tsx'

export { tellOfQueue } from '../tell-of-queue.ts'

type Instead = LeaveBody['instead']
/** A message has a form of its own. */
type Asked = Exclude<Instead, 'message'>

const labels: Record<Instead, keyof Words> = {
  message: 'leaveMessage',
  callback: 'callMeBack',
  nothing: 'leaveQueue',
}
const questions: Record<Asked, keyof Words> = {
  callback: 'callbackAsk',
  nothing: 'leaveQueueAsk',
}

const touch = (): boolean => matchMedia('(pointer: coarse)').matches

interface AskProps {
  id: string
  instead: Asked
  phone: string
  onPhone: (phone: string) => void
  onDone: () => void
}

/** Nothing is given up by one press: each choice asks once more. */
function Ask({ id, instead, phone, onPhone, onDone }: AskProps) {
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState(false)
  const asksPhone = instead === 'callback'
  useEffect(() => form.current?.querySelector<HTMLElement>('input,button')?.focus(), [])
  useEffect(() => {
    // Esc takes back what is on top: the question before the chat.
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onDone()
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [onDone])
  const submit = (event: Event): void => {
    event.preventDefault()
    const number = phoneOf(phone)
    if (asksPhone && !number) {
      setWrong(true)
      form.current?.querySelector('input')?.focus()
      return
    }
    void leaveQueue(id, asksPhone && number ? { instead, phone: number } : { instead })
    if (!touch()) document.querySelector<HTMLElement>('.composer textarea')?.focus()
  }
  return (
    <form ref={form} class="form" noValidate onSubmit={submit}>
      <p>{say(questions[instead])}</p>
      {asksPhone && (
        <Field
          field={{ name: 'phone', label: say('phone'), type: 'phone', required: true }}
          value={phone}
          error={wrong ? say('badPhone') : undefined}
          prefix="callback"
          onChange={(value) => onPhone(String(value))}
        />
      )}
      <div class="choices-row">
        <button class="primary">{say(labels[instead])}</button>
        <button type="button" class="link" onClick={onDone}>
          {say('keepWaiting')}
        </button>
      </div>
    </form>
  )
}

function Strip({ id, wait }: { id: string; wait: Waiting }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [phone, setPhone] = useState(visitor.value?.phone ?? '')
  const buttons = useRef<HTMLDivElement>(null)
  const choice = leaving.value.get(id)
  const offered: Instead[] = wait.connecting ? ['nothing'] : [...(wait.place?.alternatives ?? []), 'nothing']
  const back = (): void => {
    const at = offered.findIndex((instead) => instead === asked)
    setAsked(null)
    requestAnimationFrame(() => buttons.current?.querySelectorAll('button')[Math.max(0, at)]?.focus())
  }
  return (
    <section class={asked && !choice ? 'queue asks' : 'queue'} aria-label={say('inQueue')}>
      <p dir="auto">{choice ? choiceWords(choice) : waitWords(wait)}</p>
      {!choice && asked && <Ask key={asked} id={id} instead={asked} phone={phone} onPhone={setPhone} onDone={back} />}
      {!choice && !asked && (
        <div ref={buttons} class="choices-row">
          {offered.map((instead) => (
            <button
              key={instead}
              type="button"
              class="link"
              onClick={() => (instead === 'message' ? show({ name: 'leave', conversationId: id }) : setAsked(instead))}
            >
              {say(labels[instead])}
            </button>
          ))}
        </div>
      )}
    </section>
  )
}

/** Where somebody stands who waits for an agent, quietly above the composer. */
export function QueueStrip({ id }: { id: string }) {
  const wait = waitOf(state.value, id)
  return wait && <Strip key={id} id={id} wait={wait} />
}
