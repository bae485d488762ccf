import { useState } from 'preact/hooks'
import { readerNow } from '../reader.ts'
import { services } from '../services.ts'
import { tell, visitor } from '../store.ts'
import { telling } from '../telling.ts'
import { say } from '../words/words.ts'

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
