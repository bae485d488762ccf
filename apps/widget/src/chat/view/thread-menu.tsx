import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { useEffect, useRef, useState } from 'preact/hooks'
import { beginChat } from '../begin.ts'
import { loaded } from '../net/part.ts'
import { services } from '../services.ts'
import { config, muted, setMuted } from '../store.ts'
import { telling } from '../telling.ts'
import { say } from '../words/words.ts'
import { later } from './later.tsx'

/** What asks the server is fetched when somebody chooses it. */
const acts = () => loaded(import('./menu-acts.tsx'))
const ask = (name: 'download' | 'end', id: string) => telling(async () => (await acts())[name](id))

const MailForm = later(() => acts().then((part) => part.MailForm))

const ContinueIn = later(() => loaded(import('./continue-in.tsx')).then((part) => part.ContinueIn))

interface MenuProps {
  conversation: VisitorConversation | undefined
  onDone: () => void
}

/** A modal dialog of the browser's own: it keeps the focus inside and closes by Esc. */
export function ThreadMenu({ conversation, onDone }: MenuProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [step, setStep] = useState<'list' | 'mail' | 'continue' | 'end'>('list')
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    const box = dialog.current
    // A press on the ground beside it, which belongs to the dialog element itself.
    const beside = (event: Event): void => {
      if (event.target === box) onDone()
    }
    box?.addEventListener('click', beside)
    return () => box?.removeEventListener('click', beside)
  }, [onDone])
  const settings = config.value?.settings
  const id = conversation?.id
  const item = (label: string, act: () => void, stays = false) => (
    <button
      type="button"
      class="item"
      onClick={() => {
        act()
        if (!stays) onDone()
      }}
    >
      {label}
    </button>
  )
  return (
    <dialog ref={dialog} class="sheet" aria-label={say('menu')} onClose={onDone}>
      <div class="menu-items">
        {step === 'list' && (
          <>
            {id && settings?.transcript.download && item(say('transcript'), () => void ask('download', id))}
            {id && settings?.transcript.email && item(say('mailTranscript'), () => setStep('mail'), true)}
            {id && !!settings?.continueIn.length && item(say('continueIn'), () => setStep('continue'), true)}
            {item(say(muted.value ? 'soundOn' : 'soundOff'), () => {
              setMuted(!muted.value)
              services().keep.set('muted', muted.value ? '1' : '0')
            })}
            {conversation && item(say('newChat'), () => beginChat('', true))}
            {conversation?.state === 'open' &&
              settings?.visitorMayClose &&
              item(say('endChat'), () => setStep('end'), true)}
            {item(say('cancel'), () => undefined)}
          </>
        )}
        {step === 'continue' && (
          <>
            <ContinueIn />
            {item(say('cancel'), () => undefined)}
          </>
        )}
        {step === 'mail' && id && <MailForm id={id} onDone={onDone} />}
        {step === 'end' && id && (
          <>
            <p>{say('endChatAsk')}</p>
            {item(say('endChat'), () => void ask('end', id))}
            {item(say('cancel'), () => undefined)}
          </>
        )}
      </div>
    </dialog>
  )
}
