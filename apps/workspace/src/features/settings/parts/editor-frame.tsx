import type { EditVersion } from '@qiao/protocol'
import { Link, useNavigate } from '@tanstack/react-router'
import { ConfigProvider, Select } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'
import { joined } from '../../../shared/names.ts'
import { ReadOnlyNote } from './read-only-note.tsx'
import { SaveBar } from './save-bar.tsx'
import './editor-frame.css'

/** What is being edited there, as the save bar shows it. */
interface Editor {
  dirty: boolean
  saving: boolean
  theirs: EditVersion | null
  save: () => void
  discard: () => void
}

interface EditorFrameProps<Key extends string> {
  title: string
  /** The list that it belongs to. */
  back: { to: string; label: string }
  navLabel: string
  sections: readonly Key[]
  section: Key
  nameOf: (section: Key) => string
  hrefOf: (section: Key) => string
  /** Sections in which something is not right. */
  broken: ReadonlySet<Key>
  readOnly: boolean
  actions?: ReactNode
  editor: Editor
  /** What stands beside the form. */
  aside?: ReactNode
  children: ReactNode
}

/** Something with many settings: its sections beside the form of one of them. */
export function EditorFrame<Key extends string>(props: EditorFrameProps<Key>) {
  const { title, back, navLabel, sections, section, nameOf, hrefOf, broken, readOnly, editor } = props
  const t = useWords(words)
  const navigate = useNavigate()
  const problem = broken.size > 0 ? t('problems', { sections: joined([...broken].map(nameOf)) }) : null
  return (
    <div className="st-editor">
      <title>{`${title} · Qiao`}</title>
      <nav className="st-nav st-editor-nav" aria-label={navLabel}>
        <Link to={back.to} activeOptions={{ exact: true }}>
          ← {back.label}
        </Link>
        <ul>
          {sections.map((key) => (
            <li key={key}>
              <Link
                to={hrefOf(key)}
                aria-current={key === section ? 'page' : undefined}
                title={broken.has(key) ? t('hasProblem') : undefined}
              >
                {nameOf(key)}
                {broken.has(key) ? <span className="q-state-bad"> !</span> : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main className="st-editor-body">
        <header className="st-editor-head">
          <Link className="st-editor-back" to={back.to} activeOptions={{ exact: true }}>
            ← {back.label}
          </Link>
          <h1>{title}</h1>
          {props.actions}
          <Select
            className="st-editor-pick"
            aria-label={navLabel}
            value={section}
            onChange={(key) => void navigate({ href: hrefOf(key) })}
            options={sections.map((key) => ({ value: key, label: nameOf(key) }))}
          />
        </header>
        {readOnly ? <ReadOnlyNote /> : null}
        <ConfigProvider componentDisabled={readOnly}>{props.children}</ConfigProvider>
        <div style={{ flex: 1 }} />
        <SaveBar
          dirty={editor.dirty && !readOnly}
          saving={editor.saving}
          problem={problem}
          theirs={editor.theirs}
          onSave={() => {
            if (!problem) editor.save()
          }}
          onDiscard={editor.discard}
        />
      </main>
      {props.aside}
    </div>
  )
}
