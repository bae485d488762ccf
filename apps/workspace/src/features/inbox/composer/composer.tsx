import { CloseOutlined, PaperClipOutlined, SendOutlined, SmileOutlined } from '@ant-design/icons'
import {
  type ConversationItem,
  type MessageContent,
  type MessageEntry,
  contentPreview,
  currentContent,
  isMessage,
  maxTextLength,
} from '@qiao/protocol'
import { Button, Popover, Segmented } from 'antd'
import { type Ref, Suspense, lazy, memo, useImperativeHandle, useRef, useState } from 'react'
import { isMac, keyText } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import { useMe } from '../../../shared/session.ts'
import { useAgents } from '../../../shared/staff.ts'
import { Tip } from '../../../shared/tip.tsx'
import { enqueue } from '../outbox.ts'
import { useEntry } from '../thread/thread-context.tsx'
import { inboxWords } from '../words.ts'
import { MentionList } from './mention-list.tsx'
import { mentionAt, mentionedIn } from './mentions.ts'
import { UploadTray } from './upload-tray.tsx'
import { useUploads } from './uploads.ts'
import { useDraft } from './use-draft.ts'
import { useTyping } from './use-typing.ts'
import './composer.css'

const EmojiPicker = lazy(() => import('./emoji-picker.tsx').then((module) => ({ default: module.EmojiPicker })))

export interface ComposerHandle {
  focus: (mode: 'reply' | 'note') => void
  replyTo: (entry: MessageEntry) => void
  edit: (entry: MessageEntry) => void
  attach: () => void
  addFiles: (files: readonly File[]) => void
}

interface ComposerProps {
  conversationId: string
  language: string | null
  contact: ConversationItem['contact']
  onEdit: (targetId: string, text: string) => Promise<boolean>
  onSent: () => void
  handle: Ref<ComposerHandle>
}

/** Knows nothing of the thread, so that it is not drawn anew with each message that arrives while one is typed. */
export const Composer = memo(function Composer(props: ComposerProps) {
  const { conversationId, language, contact, onEdit, onSent, handle } = props
  const t = useWords(inboxWords)
  const me = useMe()
  const agents = useAgents()
  const { draft, change } = useDraft(conversationId)
  const typing = useTyping(conversationId)
  const { uploads, add, remove, again, clear } = useUploads(conversationId)
  const [editing, setEditing] = useState<{ id: string; text: string } | null>(null)
  const [caret, setCaret] = useState(0)
  const [emojiOpen, setEmojiOpen] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const note = draft.mode === 'note' && !editing
  const text = editing ? editing.text : draft.text
  const setText = (next: string): void => (editing ? setEditing({ ...editing, text: next }) : change({ text: next }))
  const over = text.length - (note ? 4000 : maxTextLength)
  const uploading = uploads.some(({ state }) => state !== 'ready')
  const empty = text.trim() === '' && uploads.length === 0
  const colleagues = agents.filter((agent) => agent.disabledAt === null && agent.id !== me.id)
  const mention = note ? mentionAt(text, caret) : null
  const focus = (): void => field.current?.focus()

  useImperativeHandle(handle, () => ({
    focus: (mode) => {
      if (!editing) change({ mode })
      focus()
    },
    replyTo: (entry) => {
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
    if (empty || over > 0 || (uploading && !editing)) return
    typing.stop()
    if (editing) {
      if (await onEdit(editing.id, editing.text.trim())) setEditing(null)
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
        enqueue(conversationId, { type: 'reply', content })
      })
      if (text.trim()) {
        enqueue(conversationId, {
          type: 'reply',
          content: { type: 'text', text: text.trim(), markup: 'light' },
          replyToId,
        })
      }
    }
    clear()
    change({ text: '', replyToId: null })
    onSent()
    focus()
  }

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

  return (
    <section
      className={`q-composer ${note ? 'is-note' : ''}`}
      aria-label={note ? t('composer.note') : t('composer.reply')}
    >
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
        <Segmented
          size="small"
          value={draft.mode}
          aria-label={t('composer.mode')}
          options={[
            { value: 'reply', label: t('composer.reply') },
            { value: 'note', label: t('composer.note') },
          ]}
          onChange={(mode) => {
            change({ mode: mode === 'note' ? 'note' : 'reply' })
            focus()
          }}
        />
      )}
      {draft.replyToId && !note && !editing ? (
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
      <UploadTray uploads={uploads} onRemove={remove} onAgain={again} />
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
          ref={field}
          className="q-composer-text"
          rows={1}
          spellCheck
          lang={language ?? undefined}
          dir="auto"
          value={text}
          placeholder={note ? t('composer.noteHint') : hint}
          aria-label={note ? t('composer.noteHint') : t('composer.replyTo', { name: contactName(contact) })}
          onChange={(event) => {
            setText(event.target.value)
            setCaret(event.target.selectionStart)
            if (!note && !editing && event.target.value !== '') typing.typed()
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return
            event.preventDefault()
            takeFiles(event.clipboardData.files)
          }}
        />
      </div>
      <div className="q-composer-tools" role="toolbar" aria-label={t('composer.tools')}>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            takeFiles(event.target.files)
            event.target.value = ''
          }}
        />
        <Tip title={t('composer.attach')} keys="u">
          <Button
            type="text"
            icon={<PaperClipOutlined />}
            aria-label={t('composer.attach')}
            disabled={editing !== null}
            onClick={() => picker.current?.click()}
          />
        </Tip>
        <Popover
          open={emojiOpen}
          onOpenChange={setEmojiOpen}
          trigger="click"
          placement="topLeft"
          destroyOnHidden
          content={
            <Suspense fallback={<div className="q-emoji" />}>
              <EmojiPicker
                onPick={(character) => {
                  setEmojiOpen(false)
                  insert(caret, caret, character)
                }}
              />
            </Suspense>
          }
        >
          <Button type="text" icon={<SmileOutlined />} aria-label={t('composer.emoji')} />
        </Popover>
        <span className="q-composer-space">
          {over > 0 ? <span className="q-failed">{t('composer.tooLong', { count: over })}</span> : null}
        </span>
        <Button
          type="primary"
          icon={editing || note ? undefined : <SendOutlined />}
          disabled={empty || over > 0 || (uploading && !editing)}
          onClick={() => void send()}
        >
          {editing ? t('composer.saveEdit') : note ? t('composer.addNote') : t('composer.send')}
        </Button>
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
