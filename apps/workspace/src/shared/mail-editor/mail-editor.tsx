import { TableKit } from '@tiptap/extension-table'
import { EditorContent, useEditor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { useQueryClient } from '@tanstack/react-query'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { attachmentQuery } from '../attachments.ts'
import { isMac } from '../commands.ts'
import { useStable } from '../use-stable.ts'
import { EditorToolbar } from './editor-toolbar.tsx'
import { cidOf, localAddress } from './local-pictures.ts'
import { pictureFrom } from './picture.ts'
import './mail-editor.css'

export interface EditorHandle {
  focus: () => void
  /** Where the cursor was. */
  focusAgain: () => void
  insertPicture: (attachmentId: string, name: string) => void
  /** Where the cursor is. */
  insert: (html: string) => void
}

interface MailEditorProps {
  /** What the page begins with; `revision` says that it is to begin again, from outside. */
  html: string
  revision: number
  label: string
  language: string | null
  onChange: (html: string) => void
  onSend?: () => void
  /** Pictures go into the words, other files beside them; absent where there can be none. */
  onFiles?: ((files: readonly File[], inline: boolean) => void) | undefined
  onLeave?: () => void
  handle: Ref<EditorHandle>
}

const arePictures = (files: readonly File[]): boolean =>
  files.length > 0 && files.every(({ type }) => /^image\/(?:png|jpeg|gif|webp)$/u.test(type))

export function MailEditor(props: MailEditorProps) {
  const { html, revision, label, language, handle } = props
  const client = useQueryClient()
  const onChange = useStable(props.onChange)
  const onSend = useStable(() => props.onSend?.())
  const onFiles = useStable((files: readonly File[], inline: boolean) => props.onFiles?.(files, inline))
  const takesFiles = useStable(() => props.onFiles !== undefined)
  const leaves = useStable(() => props.onLeave)
  const addressOf = async (cid: string): Promise<string> =>
    localAddress(cid) ?? (await client.fetchQuery(attachmentQuery(cid.split('@')[0] ?? ''))).links.view ?? ''
  const takeFiles = (list: FileList | undefined): boolean => {
    const files = [...(list ?? [])]
    if (files.length === 0 || !takesFiles()) return false
    onFiles(files, arePictures(files))
    return true
  }
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, defaultProtocol: 'https' },
        trailingNode: false,
      }),
      pictureFrom(addressOf),
      TableKit.configure({ table: { resizable: false } }),
    ],
    content: html,
    editorProps: {
      attributes: {
        class: 'q-mailer-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        spellcheck: 'true',
        dir: 'auto',
        ...(language ? { lang: language } : {}),
      },
      handleKeyDown: (_view, event) => {
        if (event.isComposing) return false
        if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
          onSend()
          return true
        }
        const leave = event.key === 'Escape' ? leaves() : undefined
        leave?.()
        return leave !== undefined
      },
      // Copied cells of a table come as words and as a picture of them; the words are meant.
      handlePaste: (_view, event) =>
        event.clipboardData?.types.includes('text/html') ? false : takeFiles(event.clipboardData?.files),
      handleDrop: (_view, event) => {
        if (!takeFiles(event.dataTransfer?.files)) return false
        event.preventDefault()
        event.stopPropagation()
        return true
      },
    },
    onUpdate: ({ editor: changed }) => onChange(changed.getHTML()),
  })
  const shown = useRef(revision)
  useEffect(() => {
    if (shown.current === revision) return
    shown.current = revision
    editor.commands.setContent(html, { emitUpdate: false })
  }, [editor, html, revision])
  useImperativeHandle(handle, () => ({
    focus: () => void editor.commands.focus('start'),
    focusAgain: () => void editor.commands.focus(),
    insertPicture: (attachmentId, name) =>
      void editor
        .chain()
        .focus()
        .setImage({ src: `cid:${cidOf(attachmentId)}`, alt: name })
        .run(),
    insert: (words) => void editor.chain().focus().insertContent(words).run(),
  }))
  return (
    <div className="q-mailer-editor">
      <EditorToolbar editor={editor} onPictures={props.onFiles ? (files) => onFiles(files, true) : undefined} />
      <EditorContent editor={editor} />
    </div>
  )
}
