import { type ContentOf, type ConversationItem, type MessageEntry, currentContent, maxTextLength } from '@qiao/protocol'
import { App } from 'antd'
import { type Ref, memo, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { isMac, keyText } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents } from '../../../shared/staff.ts'
import { useUnfinished } from '../../../shared/unfinished.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { enqueue } from '../outbox.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import { BlockedLine } from './blocked-line.tsx'
import { type ComposerMode, ComposerModes } from './composer-modes.tsx'
import { AttachButton, EmojiButton, FoldButton, SendButton } from './composer-tools.tsx'
import { contentsOf } from './contents.ts'
import { EditingLine } from './editing-line.tsx'
import type { InsertContent } from './insert/check-insert.ts'
import { InsertMenu } from './insert/insert-menu.tsx'
import { InsertPart } from './insert/insert-part.tsx'
import { withoutInsert } from './insert/kept-insert.ts'
import { useInsertCommands } from './insert/use-insert-commands.ts'
import { useInserting } from './insert/use-inserting.ts'
import { MentionList } from './mention-list.tsx'
import { mentionAt, mentionedIn } from './mentions.ts'
import { PreviewLine } from './preview-line.tsx'
import { problemOf } from './preview-words.ts'
import { PublicWarning } from './private/public-warning.tsx'
import { ProblemWords } from './problem-words.tsx'
import { QuoteLine } from './quote-line.tsx'
import { sendingWords } from './sending-words.ts'
import { shownWay } from './shown-way.ts'
import { offerOf } from './taken-files.ts'
import { TemplatesButton } from './templates/templates-button.tsx'
import { UploadTray } from './upload-tray.tsx'
import { useUploads } from './uploads.ts'
import { useDraft } from './use-draft.ts'
import { useReplyPreview } from './use-reply-preview.ts'
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
  /** Everybody reads what is said here. */
  isPublic: boolean
  onEdit: (targetId: string, text: string) => Promise<boolean>
  onSent: () => void
  /** The inbox of the channel through which the conversation goes; null in web chat. */
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
  const { conversationId, language, contact, whisperTo, onEdit, onSent, handle } = props
  const { message } = App.useApp()
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const sending = useWords(sendingWords)
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
  const inserting = useInserting(conversationId)
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
  const attachments = uploads.flatMap(({ attachment }) => attachment ?? [])
  const replies = mode === 'reply' && !editing
  const blocked = replies && way && !way.open ? way : null
  const limits = replies ? (way?.limits ?? null) : null
  const replyToId = draft.replyToId ?? undefined
  const insertKind = replies ? inserting.kind : null
  const contents = limits && !empty && over <= 0 && !insertKind ? contentsOf(attachments, text) : []
  const { preview, isCurrent } = useReplyPreview(
    conversationId,
    contents.length > 0
      ? { viaIdentityId: sentBy.viaIdentityId, replyToId: text.trim() === '' ? undefined : replyToId, contents }
      : null,
  )
  const problem = preview && isCurrent && !blocked ? problemOf(preview) : null
  const mayNotSend = empty || over > 0 || nobodyHears || (uploading && !editing) || blocked !== null || problem !== null
  const offer = offerOf(limits, sending)
  const reasonId = useId()
  const wayId = way?.identityId
  useLayoutEffect(() => {
    shownWay.set(wayId === undefined ? null : { conversationId, identityId: wayId })
    return () => shownWay.set(null)
  }, [conversationId, wayId])
  const colleagues = agents.filter((agent) => agent.disabledAt === null && agent.id !== me.id)
  const mention = note ? mentionAt(text, caret) : null
  const focus = (): void => {
    if (inserting.kind === null) return field.current?.focus()
    inserting.close()
    // It is hidden until the next turn of the screen.
    requestAnimationFrame(() => field.current?.focus())
  }

  useInsertCommands(!props.onReply && !editing && !(way && !way.open), (kind) => {
    if (mode !== 'reply') setMode('reply')
    if (kind) inserting.choose(kind)
    else inserting.setOpen(true)
  })

  const addTaken = (files: readonly File[]): void => {
    if (offer.isNone) void message.warning(offer.words)
    else add(files)
  }

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
    addFiles: (files) => addTaken(files),
  }))

  const putIn = (from: number, to: number, inserted: string): void => {
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
      // What was changed since is another edit, still to be sent.
      if (await onEdit(editing.id, editing.text.trim())) setEditing((now) => (now === editing ? null : now))
      return
    }
    if (whisper) {
      enqueue(conversationId, { type: 'whisper', text: text.trim() })
      change({ whisper: '' })
      onSent()
      return
    }
    if (note) {
      const words = text.trim() || attachments.map(({ name }) => name).join(', ')
      const mentions = mentionedIn(words, colleagues)
      enqueue(conversationId, { type: 'note', text: words, mentions, attachmentIds: attachments.map(({ id }) => id) })
    } else {
      contentsOf(attachments, text).forEach((content) => {
        const quote = content.type === 'text' ? { replyToId } : {}
        enqueue(conversationId, { type: 'reply', content, ...quote, ...sentBy })
      })
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
    putIn(caret, caret, character)
  })
  const onInsertOpen = useStable(inserting.setOpen)
  const onInsert = useStable(inserting.choose)
  const onLeave = useStable(focus)
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
    if (list && list.length > 0) addTaken([...list])
  }
  const sendTemplate = useStable((content: ContentOf<'template'>) => {
    enqueue(conversationId, { type: 'reply', content, ...sentBy })
    onSent()
    focus()
  })
  const sendInsert = (content: InsertContent): void => {
    enqueue(conversationId, { type: 'reply', content, replyToId, ...sentBy })
    if (insertKind) change({ insert: withoutInsert(draft.insert, insertKind), replyToId: null })
    onSent()
    focus()
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
        <EditingLine onCancel={() => setEditing(null)} />
      ) : (
        <div className="q-composer-head">
          <ComposerModes mode={mode} mayWhisper={whisper || whisperTo !== null} onMode={onMode} />
          {mode === 'reply' ? <WishLine outlets={outlets} way={way} /> : null}
          {mode === 'reply' ? <ViaSelect outlets={outlets} way={way} onChoose={chooseWay} /> : null}
          {whisper ? <span className="q-inner-badge">{work('whisper.badge')}</span> : null}
          {props.onFold ? <FoldButton onFold={props.onFold} /> : null}
        </div>
      )}
      {props.isPublic && mode === 'reply' && (way?.own ?? true) ? (
        <PublicWarning conversationId={conversationId} quotedId={draft.replyToId} />
      ) : null}
      {draft.replyToId && mode === 'reply' && !editing ? (
        <QuoteLine
          targetId={draft.replyToId}
          isShown={!limits || limits.replyTo}
          onDrop={() => change({ replyToId: null })}
        />
      ) : null}
      {insertKind ? (
        <InsertPart
          key={`${conversationId} ${insertKind}`}
          conversationId={conversationId}
          kind={insertKind}
          insert={draft.insert}
          limits={limits}
          viaIdentityId={sentBy.viaIdentityId}
          replyToId={replyToId}
          isBlocked={blocked !== null}
          onChange={(insert) => change({ insert })}
          onSend={sendInsert}
          onClose={focus}
        />
      ) : null}
      {whisper ? null : <UploadTray uploads={uploads} onRemove={remove} onAgain={again} />}
      <div className="q-composer-field" hidden={insertKind !== null}>
        {mention ? (
          <MentionList
            agents={colleagues}
            query={mention.query}
            field={field}
            onPick={(agent) => putIn(mention.from, caret, `@${agent.name} `)}
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
      {blocked ? (
        <BlockedLine
          id={reasonId}
          way={blocked}
          outlets={outlets}
          language={language}
          onTemplate={sendTemplate}
          onChoose={chooseWay}
        />
      ) : null}
      <div className="q-composer-tools" role="toolbar" aria-label={t('composer.tools')} hidden={insertKind !== null}>
        <input
          key={conversationId}
          ref={picker}
          type="file"
          multiple
          hidden
          accept={offer.accept}
          onChange={(event) => {
            takeFiles(event.target.files)
            event.target.value = ''
          }}
        />
        <AttachButton disabled={editing !== null || whisper || offer.isNone} taken={offer.words} onAttach={onAttach} />
        <EmojiButton open={emojiOpen} onOpen={setEmojiOpen} onPick={onEmoji} />
        {replies && !blocked ? (
          <InsertMenu
            open={inserting.isOpen}
            sends={limits?.sends ?? null}
            insert={draft.insert}
            onOpen={onInsertOpen}
            onChoose={onInsert}
            onLeave={onLeave}
          />
        ) : null}
        {replies && way?.template && !blocked ? (
          <TemplatesButton inboxId={way.inboxId} language={language} onSend={sendTemplate} />
        ) : null}
        <span className="q-composer-space">
          {nobodyHears ? <span>{work('whisper.nobody')}</span> : null}
          {over > 0 ? <span className="q-failed">{t('composer.tooLong', { count: over })}</span> : null}
          <ProblemWords id={reasonId} problem={problem} />
          <PreviewLine preview={preview} files={attachments.length} />
        </span>
        <SendButton
          words={editing ? t('composer.saveEdit') : sendWords[mode]}
          plane={!editing && mode === 'reply'}
          disabled={mayNotSend}
          saidBy={blocked || problem ? reasonId : undefined}
          onSend={onSend}
        />
      </div>
    </section>
  )
})
