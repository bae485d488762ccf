import { useEffect, useRef, useState } from 'preact/hooks'
import { addFiles } from '../files.ts'
import { sayMessage } from '../say-message.ts'
import { answerTo, config, drafts, replyTo, setDraft } from '../store.ts'
import { writing } from '../typing.ts'
import { say } from '../words/words.ts'
import { FileButton } from './file-button.tsx'
import { Icon } from './icon.tsx'
import { later } from './later.tsx'
import { Quote } from './message.tsx'
import { person } from './people.ts'
import { VoiceButton } from './voice-button.tsx'

const mostLetters = 10_000
const touch = matchMedia('(pointer: coarse)').matches

/** The picker and its emoji are fetched when somebody first asks for them. */
const EmojiPicker = later(() => import('./emoji-picker.tsx').then((part) => part.EmojiPicker))

function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return undefined
    // Esc closes what is on top: the picker before the chat.
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      setOpen(false)
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [open])
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={say('emoji')}
        title={say('emoji')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" />
      </button>
      {open && <EmojiPicker onPick={onPick} />}
    </>
  )
}

function ReplyBar({ id }: { id: string }) {
  const message = replyTo.value
  if (!message || message.conversationId !== id) return null
  return (
    <div class="replying">
      <span class="hidden">{say('replyingTo', { name: person(message.author).name })}</span>
      <Quote conversationId={id} id={message.id} />
      <button type="button" class="tool" aria-label={say('cancel')} onClick={() => answerTo(null)}>
        <Icon name="close" />
      </button>
    </div>
  )
}

export function Composer({ id }: { id: string }) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [recording, setRecording] = useState(false)
  const text = drafts.value.get(id) ?? ''
  const answered = replyTo.value
  const settings = config.value?.settings
  const takesFiles = (settings?.attachments.kinds.length ?? 0) > 0
  const empty = text.trim() === ''

  useEffect(() => {
    // Not on touch: the keyboard would jump up and cover what the visitor came to read.
    if (!touch) box.current?.focus()
  }, [id])
  useEffect(() => {
    if (answered) box.current?.focus()
  }, [answered])
  useEffect(() => {
    const area = box.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])

  const change = (next: string): void => {
    setDraft(id, next)
    writing(id, next)
  }
  const submit = (event?: Event): void => {
    event?.preventDefault()
    if (empty) return
    setDraft(id, '')
    sayMessage(id, { type: 'text', text: text.trim() })
    box.current?.focus()
  }
  const key = (event: KeyboardEvent): void => {
    // While an input method composes, Enter chooses a candidate.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event)
    if (event.key === 'Escape' && replyTo.value) {
      event.stopPropagation()
      answerTo(null)
    }
  }
  const paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0 || !takesFiles) return
    event.preventDefault()
    addFiles(id, files)
  }
  const insert = (emoji: string): void => {
    const area = box.current
    const at = area?.selectionStart ?? text.length
    change(text.slice(0, at) + emoji + text.slice(area?.selectionEnd ?? at))
    const after = at + emoji.length
    requestAnimationFrame(() => area?.setSelectionRange(after, after))
  }
  return (
    <form class="composer" onSubmit={submit}>
      <ReplyBar id={id} />
      <div class="tools">
        {!recording && (
          <>
            {takesFiles && <FileButton id={id} icon="attach" label={say('attach')} />}
            {takesFiles && touch && <FileButton id={id} icon="camera" label={say('camera')} camera />}
            <textarea
              ref={box}
              rows={1}
              maxLength={mostLetters}
              value={text}
              placeholder={say('placeholder')}
              aria-label={say('placeholder')}
              enterkeyhint="send"
              dir="auto"
              onKeyDown={key}
              onPaste={paste}
              onInput={(event) => change(event.currentTarget.value)}
            />
            <EmojiButton onPick={insert} />
          </>
        )}
        {empty && settings?.voiceNotes && takesFiles ? (
          <VoiceButton id={id} onRecording={setRecording} />
        ) : (
          <button class="tool go" aria-label={say('send')} title={say('send')} disabled={empty}>
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  )
}
