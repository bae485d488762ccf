import type { Inbox, WidgetLocale } from '@qiao/protocol'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, ConfigProvider, Select } from 'antd'
import { type ComponentType, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { useSidePane } from '../../../shared/use-side-pane.ts'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { SaveBar } from '../parts/save-bar.tsx'
import { ClosingSection } from './closing-section.tsx'
import { ConversationSection } from './conversation-section.tsx'
import { type SectionKey, brokenSections, sections } from './draft.ts'
import { GeneralSection } from './general-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { InstallSection } from './install-section.tsx'
import { LookSection } from './look-section.tsx'
import { OfflineSection } from './offline-section.tsx'
import { PreChatSection } from './pre-chat-section.tsx'
import { Preview } from './preview.tsx'
import { previewWords } from './preview-words.ts'
import type { SectionProps } from './section-props.ts'
import { useInboxDraft } from './use-inbox-draft.ts'
import { WordsSection } from './words-section.tsx'
import { words } from './words.ts'

const parts: Record<Exclude<SectionKey, 'words'>, ComponentType<SectionProps>> = {
  general: GeneralSection,
  look: LookSection,
  install: InstallSection,
  'pre-chat': PreChatSection,
  offline: OfflineSection,
  conversation: ConversationSection,
  closing: ClosingSection,
  identity: IdentitySection,
}

export function InboxEditor({ inbox, section }: { inbox: Inbox; section: SectionKey }) {
  const t = useWords(words)
  const p = useWords(previewWords)
  const navigate = useNavigate()
  const readOnly = !useCan('inboxes.manage')
  const editor = useInboxDraft(inbox)
  const [locale, setLocale] = useState<WidgetLocale>(inbox.settings.defaultLocale)
  const preview = useSidePane({ wideFrom: 1024, storageKey: 'qiao.preview-shown' })
  const broken = brokenSections(editor.problems)
  const nameOf = (key: SectionKey): string => t(`section.${key}`)
  const props: SectionProps = {
    inbox,
    draft: editor.draft,
    problems: editor.problems,
    readOnly,
    onChange: editor.change,
    onSettings: editor.changeSettings,
  }
  const Part = section === 'words' ? null : parts[section]
  const problem = broken.size > 0 ? t('problems', { sections: joined([...broken].map(nameOf)) }) : null
  return (
    <div className="st-editor">
      <title>{`${editor.draft.name} · Qiao`}</title>
      <nav className="st-nav st-editor-nav" aria-label={t('sections')}>
        <Link to="/settings/inboxes" activeOptions={{ exact: true }}>
          ← {t('back')}
        </Link>
        <ul>
          {sections.map((key) => (
            <li key={key}>
              <Link
                to={`/settings/inboxes/${inbox.id}/${key}`}
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
          <Link className="st-editor-back" to="/settings/inboxes" activeOptions={{ exact: true }}>
            ← {t('back')}
          </Link>
          <h1>{editor.draft.name || inbox.name}</h1>
          <Button size="small" aria-expanded={preview.shown} onClick={preview.toggle}>
            {preview.shown ? p('hide') : p('show')}
          </Button>
          <Select
            className="st-editor-pick"
            aria-label={t('sections')}
            value={section}
            onChange={(key) => void navigate({ href: `/settings/inboxes/${inbox.id}/${key}` })}
            options={sections.map((key) => ({ value: key, label: nameOf(key) }))}
          />
        </header>
        {readOnly ? <ReadOnlyNote /> : null}
        <ConfigProvider componentDisabled={readOnly}>
          {Part ? (
            <Part key={editor.discards} {...props} />
          ) : (
            <WordsSection {...props} locale={locale} onLocale={setLocale} />
          )}
        </ConfigProvider>
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
      {preview.shown ? (
        <Preview
          inbox={inbox}
          draft={editor.clean}
          locale={locale}
          section={section}
          valid={editor.problems.size === 0}
        />
      ) : null}
    </div>
  )
}
