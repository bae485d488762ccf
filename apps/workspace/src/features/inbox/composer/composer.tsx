import { CloseOutlined } from '@ant-design/icons'
import {
  type ConversationItem,
  type MessageContent,
  type MessageEntry,
  contentPreview,
  currentContent,
  isMessage,
  maxTextLength,
} from '@qiao/protocol'
import { Button } from 'antd'
import { type Ref, memo, useImperativeHandle, useRef, useState } from 'react'
import { isMac, keyText } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents } from '../../../shared/staff.ts'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { enqueue } from '../outbox.ts'
import { useEntry } from '../thread/thread-context.tsx'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import { type ComposerMode, ComposerModes } from './composer-modes.tsx'
import { AttachButton, EmojiButton, FoldButton, SendButton } from './composer-tools.tsx'
import { MentionList } from './mention-list.tsx'
import { mentionAt, mentionedIn } from './mentions.ts'
import { TemplatesButton } from './templates/templates-button.tsx'
import { UploadTray } from './upload-tray.tsx'
import { useUploads } from './uploads.ts'
import { useDraft } from './use-draft.ts'
import { useTyping } from './use-typing.ts'
import { useWay, ViaSelect, WishLine } from './via-select.tsx'
import './composer.css'

export interface ComposerHandle {
  focus: (mode: ComposerMode) => void
  replyTo: (entry: MessageEntry) => void
  edit: (entry: MessageEntry) => void
  attach: () => void
  addFiles: (files: readonly File[]) => void
}

export interface ComposerProps {
  conversationId: string
  language: string | null
  contact: ConversationItem['contact']
  /** The agent to whom one may whisper here. */
  whisperTo: string | null
  onEdit: (targetId: string, text: string) => Promise<boolean>
  onSent: () => void
  /** The inbox whose templates can be sent; null in web chat, which has none. */
  templatesOf: string | null
  handle: Ref<ComposerHandle>
  /** Customers are answered elsewhere: this is for words among colleagues. */
  onReply?: (() => void) | undefined
  onFold?: () => void
  /** Begins with the way that the customer asked for; without it somebody has turned to another. */
  mindsWish?: boolean
}

/**
 * Knows nothing of the thread, so that it is not drawn anew with each message that arrives while one is typed. It stays
 * when another conversation is opened; only the fields are new, so that focus, undo and chosen files never go along.
 */
export const Composer = memo(function Composer(props: ComposerProps) {
  const { conversationId, language, contact, whisperTo, onEdit, onSent, templatesOf, handle } = props
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const me = useMe()
  const agents = useAgents()
  const { draft, change } = useDraft(conversationId)
  const typing = useTyping(conversationId)
  const { uploads, add, remove, again, clear } = useUploads({ conversationId })
  const [editing, setEditing] = useState<{ id: string; text: string } | null>(null)
  useUnfinished(editing !== null || uploads.length > 0)
  const [chosenWay, chooseWay] = useState<string | null>(null)
  const { outlets, way, sentBy } = useWay(conversationId, chosenWay, props.mindsWish)
  const [caret, setCaret] = useState(0)
  const [emojiOpen, setEmojiOpen] = useState(false)
  const [stateOf, setStateOf] = useState(conversationId)
  if (stateOf !== conversationId) {
    setStateOf(conversationId)
    setEditing(null)
    setCaret(0)
    setEmojiOpen(false)
    chooseWay(null)
  }
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  // The agent may leave in mid-sentence: the words stay what they are, or the rest of them would go to the customer.
  const whisper = draft.mode === 'whisper' && !editing && (whisperTo !== null || draft.whisper.trim() !== '')
  const note = draft.mode === 'note' && !editing
  const mode: ComposerMode = whisper ? 'whisper' : note ? 'note' : 'reply'
  const text = editing ? editing.text : whisper ? draft.whisper : draft.text
  const setText = (next: string): void => {
    if (editing) setEditing({ ...editing, text: next })
    else if (whisper) change({ whisper: next })
    else change({ text: next })
  }
  const setMode = (next: ComposerMode): void =>
    next === 'reply' && props.onReply ? props.onReply() : change({ mode: next })
  const over = text.length - (mode === 'reply' ? maxTextLength : 4000)
  const uploading = !whisper && uploads.some(({ state }) => state !== 'ready')
  const empty = text.trim() === '' && (whisper || uploads.length === 0)
  const nobodyHears = whisper && whisperTo === null
  const mayNotSend = empty || over > 0 || nobodyHears || (uploading && !editing)
  const colleagues = agents.filter((agent) => agent.disabledAt === null && agent.id !== me.id)
  const mention = note ? mentionAt(text, caret) : null
  const focus = (): void => field.current?.focus()

  useImperativeHandle(handle, () => ({
    focus: (next) => {
      if (!editing) setMode(next)
      focus()
    },
    replyTo: (entry) => {
      setMode('reply')
      change({ replyToId: entry.id, mode: 'reply' })
      focus()
    },
    edit: (entry) => {
      const content = currentContent(entry)
      if (content?.type === 'text') setEditing({ id: entry.id, text: content.text })
      focus()
    },
    attach: () => picker.current?.click(),
    addFiles: add,
  }))

  const insert = (from: number, to: number, inserted: string): void => {
    const next = text.slice(0, from) + inserted + text.slice(to)
    setText(next)
    requestAnimationFrame(() => {
      focus()
      field.current?.setSelectionRange(from + inserted.length, from + inserted.length)
      setCaret(from + inserted.length)
    })
  }

  const send = async (): Promise<void> => {
    if (mayNotSend) return
    typing.stop()
    if (editing) {
      if (await onEdit(editing.id, editing.text.trim())) setEditing((now) => (now?.id === editing.id ? null : now))
      return
    }
    if (whisper) {
      enqueue(conversationId, { type: 'whisper', text: text.trim() })
      change({ whisper: '' })
      onSent()
      return
    }
    const attachments = uploads.flatMap(({ attachment }) => attachment ?? [])
    if (note) {
      const words = text.trim() || attachments.map(({ name }) => name).join(', ')
      const mentions = mentionedIn(words, colleagues)
      enqueue(conversationId, { type: 'note', text: words, mentions, attachmentIds: attachments.map(({ id }) => id) })
    } else {
      const replyToId = draft.replyToId ?? undefined
      attachments.forEach(({ id, kind, name, mime, bytes, width, height, durationMs }) => {
        const content: MessageContent = { type: kind, attachment: { id, name, mime, bytes, width, height, durationMs } }
        enqueue(conversationId, { type: 'reply', content, ...sentBy })
      })
      if (text.trim()) {
        enqueue(conversationId, {
          type: 'reply',
          content: { type: 'text', text: text.trim(), markup: 'light' },
          replyToId,
          ...sentBy,
        })
      }
    }
    clear()
    change({ text: '', replyToId: null })
    onSent()
    focus()
  }

  const onMode = useStable((next: ComposerMode) => {
    setMode(next)
    focus()
  })
  const onAttach = useStable(() => picker.current?.click())
  const onEmoji = useStable((character: string) => {
    setEmojiOpen(false)
    insert(caret, caret, character)
  })
  const onSend = useStable(() => void send())

  const onKeyDown = (event: React.KeyboardEvent): void => {
    // An Enter that ends the choice of Chinese characters is not a wish to send.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') {
      if (editing) setEditing(null)
      else field.current?.blur()
      return
    }
    if (event.key !== 'Enter' || event.shiftKey) return
    const mod = isMac ? event.metaKey : event.ctrlKey
    if (me.preferences.sendWith === 'enter' || mod) {
      event.preventDefault()
      void send()
    }
  }
  const takeFiles = (list: FileList | null): void => {
    if (list && list.length > 0) add([...list])
  }
  const hint =
    me.preferences.sendWith === 'enter'
      ? t('composer.replyHintEnter')
      : t('composer.replyHintMod', { keys: keyText('mod+Enter') })
  const labels = { reply: t('composer.reply'), note: t('composer.note'), whisper: work('whisper.badge') }
  const whisperHint = whisperTo === null ? work('whisper.nobody') : work('whisper.hint', { name: whisperTo })
  const hints = { reply: hint, note: t('composer.noteHint'), whisper: whisperHint }
  const sendWords = { reply: t('composer.send'), note: t('composer.addNote'), whisper: work('whisper.send') }

  return (
    <section className={`q-composer is-${mode}`} aria-label={labels[mode]}>
      {editing ? (
        <div className="q-composer-context">
          <span>{t('composer.editing')}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('composer.cancelEdit')}
            onClick={() => setEditing(null)}
          />
        </div>
      ) : (
        <div className="q-composer-head">
          <ComposerModes mode={mode} mayWhisper={whisper || whisperTo !== null} onMode={onMode} />
          {mode === 'reply' ? <WishLine outlets={outlets} way={way} /> : null}
          {mode === 'reply' ? <ViaSelect outlets={outlets} way={way} onChoose={chooseWay} /> : null}
          {whisper ? <span className="q-inner-badge">{work('whisper.badge')}</span> : null}
          {props.onFold ? <FoldButton onFold={props.onFold} /> : null}
        </div>
      )}
      {draft.replyToId && mode === 'reply' && !editing ? (
        <div className="q-composer-context">
          <Quoted targetId={draft.replyToId} />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('composer.cancelReply')}
            onClick={() => change({ replyToId: null })}
          />
        </div>
      ) : null}
      {whisper ? null : <UploadTray uploads={uploads} onRemove={remove} onAgain={again} />}
      <div className="q-composer-field">
        {mention ? (
          <MentionList
            agents={colleagues}
            query={mention.query}
            field={field}
            onPick={(agent) => insert(mention.from, caret, `@${agent.name} `)}
          />
        ) : null}
        <textarea
          key={conversationId}
          ref={field}
          className="q-composer-text"
          rows={1}
          spellCheck
          lang={language ?? undefined}
          dir="auto"
          value={text}
          placeholder={hints[mode]}
          aria-label={mode === 'reply' ? t('composer.replyTo', { name: contactName(contact) }) : hints[mode]}
          onChange={(event) => {
            setText(event.target.value)
            setCaret(event.target.selectionStart)
            if (mode === 'reply' && !editing && event.target.value !== '') typing.typed()
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (whisper || event.clipboardData.files.length === 0) return
            event.preventDefault()
            takeFiles(event.clipboardData.files)
          }}
        />
      </div>
      <div className="q-composer-tools" role="toolbar" aria-label={t('composer.tools')}>
        <input
          key={conversationId}
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            takeFiles(event.target.files)
            event.target.value = ''
          }}
        />
        <AttachButton disabled={editing !== null || whisper} onAttach={onAttach} />
        <EmojiButton open={emojiOpen} onOpen={setEmojiOpen} onPick={onEmoji} />
        {templatesOf === null || mode !== 'reply' || editing ? null : (
          <TemplatesButton
            conversationId={conversationId}
            inboxId={templatesOf}
            language={language}
            onSend={(content) => {
              enqueue(conversationId, { type: 'reply', content })
              onSent()
              focus()
            }}
          />
        )}
        <span className="q-composer-space">
          {nobodyHears ? <span>{work('whisper.nobody')}</span> : null}
          {over > 0 ? <span className="q-failed">{t('composer.tooLong', { count: over })}</span> : null}
        </span>
        <SendButton
          words={editing ? t('composer.saveEdit') : sendWords[mode]}
          plane={!editing && mode === 'reply'}
          disabled={mayNotSend}
          onSend={onSend}
        />
      </div>
    </section>
  )
})

function Quoted({ targetId }: { targetId: string }) {
  const t = useWords(inboxWords)
  const target = useEntry(targetId)
  const content = target && isMessage(target) ? currentContent(target) : null
  return <span className="q-composer-quote">{content ? contentPreview(content) : t('message.gone')}</span>
}
