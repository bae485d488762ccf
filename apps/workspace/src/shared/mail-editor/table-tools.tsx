import type { Editor } from '@tiptap/react'
import { useWords } from '../i18n.ts'
import { editorWords } from './words.ts'

/** What can be done with the table in which the writer is. */
export function TableTools({ editor }: { editor: Editor }) {
  const t = useWords(editorWords)
  const chain = () => editor.chain().focus()
  const tools = [
    { key: 'table.row', run: () => chain().addRowAfter().run() },
    { key: 'table.column', run: () => chain().addColumnAfter().run() },
    { key: 'table.dropRow', run: () => chain().deleteRow().run() },
    { key: 'table.dropColumn', run: () => chain().deleteColumn().run() },
    { key: 'table.drop', run: () => chain().deleteTable().run() },
  ] as const
  return (
    <div className="q-mailer-table" role="group" aria-label={t('tool.table')}>
      {tools.map(({ key, run }) => (
        <button key={key} type="button" onMouseDown={(event) => event.preventDefault()} onClick={run}>
          {t(key)}
        </button>
      ))}
    </div>
  )
}
