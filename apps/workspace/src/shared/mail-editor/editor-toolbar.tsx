import {
  BoldOutlined,
  ClearOutlined,
  CodeOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PictureOutlined,
  RedoOutlined,
  StrikethroughOutlined,
  TableOutlined,
  UnderlineOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { type Editor, useEditorState } from '@tiptap/react'
import { type ReactNode, useRef, useState } from 'react'
import { keyText } from '../commands.ts'
import { useWords } from '../i18n.ts'
import { useStable } from '../use-stable.ts'
import { LinkForm } from './link-form.tsx'
import { TableTools } from './table-tools.tsx'
import { type EditorKey, editorWords } from './words.ts'

interface Tool {
  key: EditorKey
  keys?: string
  icon: ReactNode
  on?: boolean
  off?: boolean
  run: () => void
}

interface EditorToolbarProps {
  editor: Editor
  onPictures: ((files: readonly File[]) => void) | undefined
}

const marksOf = (editor: Editor) => ({
  bold: editor.isActive('bold'),
  italic: editor.isActive('italic'),
  underline: editor.isActive('underline'),
  strike: editor.isActive('strike'),
  bulletList: editor.isActive('bulletList'),
  orderedList: editor.isActive('orderedList'),
  blockquote: editor.isActive('blockquote'),
  code: editor.isActive('code'),
  link: editor.isActive('link'),
  table: editor.isActive('table'),
  undo: editor.can().undo(),
  redo: editor.can().redo(),
})

/** One stop for the Tab key; arrows go from tool to tool. */
export function EditorToolbar({ editor, onPictures }: EditorToolbarProps) {
  const t = useWords(editorWords)
  const picker = useRef<HTMLInputElement>(null)
  const [at, setAt] = useState(0)
  const [linking, setLinking] = useState(false)
  const state = useEditorState({ editor, selector: ({ editor: now }) => marksOf(now) })
  const choosePictures = useStable(() => picker.current?.click())
  const chain = () => editor.chain().focus()
  const tools: Tool[] = [
    { key: 'tool.bold', keys: 'mod+b', icon: <BoldOutlined />, on: state.bold, run: () => chain().toggleBold().run() },
    {
      key: 'tool.italic',
      keys: 'mod+i',
      icon: <ItalicOutlined />,
      on: state.italic,
      run: () => chain().toggleItalic().run(),
    },
    {
      key: 'tool.underline',
      keys: 'mod+u',
      icon: <UnderlineOutlined />,
      on: state.underline,
      run: () => chain().toggleUnderline().run(),
    },
    { key: 'tool.strike', icon: <StrikethroughOutlined />, on: state.strike, run: () => chain().toggleStrike().run() },
    {
      key: 'tool.bullets',
      icon: <UnorderedListOutlined />,
      on: state.bulletList,
      run: () => chain().toggleBulletList().run(),
    },
    {
      key: 'tool.numbers',
      icon: <OrderedListOutlined />,
      on: state.orderedList,
      run: () => chain().toggleOrderedList().run(),
    },
    {
      key: 'tool.quote',
      icon: <span aria-hidden>❝</span>,
      on: state.blockquote,
      run: () => chain().toggleBlockquote().run(),
    },
    { key: 'tool.code', icon: <CodeOutlined />, on: state.code, run: () => chain().toggleCode().run() },
    { key: 'tool.link', icon: <LinkOutlined />, on: state.link, run: () => setLinking(true) },
    {
      key: 'tool.table',
      icon: <TableOutlined />,
      off: state.table,
      run: () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    },
    ...(onPictures ? [{ key: 'tool.picture' as const, icon: <PictureOutlined />, run: choosePictures }] : []),
    { key: 'tool.clear', icon: <ClearOutlined />, run: () => chain().unsetAllMarks().clearNodes().run() },
    { key: 'tool.undo', keys: 'mod+z', icon: <UndoOutlined />, off: !state.undo, run: () => chain().undo().run() },
    { key: 'tool.redo', icon: <RedoOutlined />, off: !state.redo, run: () => chain().redo().run() },
  ]
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (at + step + tools.length) % tools.length
    setAt(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <>
      <div className="q-mailer-tools">
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus, one at a time */}
        <div role="toolbar" aria-label={t('tool.label')} className="q-mailer-format" onKeyDown={onKeyDown}>
          {tools.map(({ key, keys, icon, on, off, run }, index) => (
            <button
              key={key}
              type="button"
              className={`q-act ${on ? 'is-on' : ''}`}
              title={keys ? `${t(key)} (${keyText(keys)})` : t(key)}
              aria-label={t(key)}
              aria-pressed={on}
              aria-disabled={off ?? false}
              tabIndex={index === at ? 0 : -1}
              onFocus={() => setAt(index)}
              // The words keep their selection.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => (off ? undefined : run())}
            >
              {icon}
            </button>
          ))}
        </div>
        {state.table ? <TableTools editor={editor} /> : null}
        {onPictures ? (
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            hidden
            aria-label={t('tool.picture')}
            onChange={(event) => {
              onPictures([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        ) : null}
      </div>
      {linking ? <LinkForm editor={editor} onDone={() => setLinking(false)} /> : null}
    </>
  )
}
