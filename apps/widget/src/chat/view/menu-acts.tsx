import { useState } from 'preact/hooks'
import { applyFrame } from '../core/apply-frame.ts'
import { newId } from '../core/new-id.ts'
import { readerNow } from '../reader.ts'
import { services } from '../services.ts'
import { state, tell, visitor } from '../store.ts'
import { telling } from '../telling.ts'
import { say } from '../words/words.ts'

export async function download(id: string): Promise<void> {
  const { fileName, text } = await services().api.transcript(id, readerNow())
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

export async function end(conversationId: string): Promise<void> {
  const { entries } = await services().api.close(conversationId, newId())
  state.value = applyFrame(state.value, { type: 'entries', conversationId, entries }, Date.now())
}

export function MailForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [email, setEmail] = useState(visitor.value?.email ?? '')
  const submit = (event: Event): void => {
    event.preventDefault()
    void telling(async () => {
      await services().api.mailTranscript(id, { email: email.trim(), ...readerNow() })
      tell(say('mailSent'))
    })
    onDone()
  }
  return (
    <form class="form" onSubmit={submit}>
      <label for="mail-to">{say('mailTo')}</label>
      <input
        id="mail-to"
        type="email"
        required
        autocomplete="email"
        value={email}
        onInput={(event) => setEmail(event.currentTarget.value)}
      />
      <button class="primary">{say('send')}</button>
    </form>
  )
}
