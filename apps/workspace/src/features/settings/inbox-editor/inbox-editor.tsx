import type { Inbox, WidgetLocale } from '@qiao/protocol'
import { Button } from 'antd'
import { type ComponentType, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useCan } from '../../../shared/session.ts'
import { useSidePane } from '../../../shared/use-side-pane.ts'
import { EditorFrame } from '../parts/editor-frame.tsx'
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
import { RoutingSection } from './routing-section.tsx'
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
  routing: RoutingSection,
  identity: IdentitySection,
}

export function InboxEditor({ inbox, section }: { inbox: Inbox; section: SectionKey }) {
  const t = useWords(words)
  const p = useWords(previewWords)
  const readOnly = !useCan('inboxes.manage')
  const editor = useInboxDraft(inbox)
  const [locale, setLocale] = useState<WidgetLocale>(inbox.settings.defaultLocale)
  const preview = useSidePane({ wideFrom: 1024, storageKey: 'qiao.preview-shown' })
  const faulty = brokenSections(editor.problems)
  const broken = new Set(sections.filter((key) => faulty.has(key)))
  const nameOf = (key: SectionKey): string => t(`section.${key}`)
  const props: SectionProps = {
    inbox,
    info: null,
    draft: editor.draft,
    problems: editor.problems,
    readOnly,
    onChange: editor.change,
    onSettings: editor.changeSettings,
  }
  const Part = section === 'words' ? null : parts[section]
  return (
    <EditorFrame
      title={editor.draft.name || inbox.name}
      back={{ to: '/settings/inboxes', label: t('back') }}
      navLabel={t('sections')}
      sections={sections}
      section={section}
      nameOf={nameOf}
      hrefOf={(key) => `/settings/inboxes/${inbox.id}/${key}`}
      broken={broken}
      readOnly={readOnly}
      actions={
        <Button size="small" aria-expanded={preview.shown} onClick={preview.toggle}>
          {preview.shown ? p('hide') : p('show')}
        </Button>
      }
      editor={editor}
      aside={
        preview.shown ? (
          <Preview
            inbox={inbox}
            draft={editor.clean}
            locale={locale}
            section={section}
            valid={editor.problems.size === 0}
          />
        ) : null
      }
    >
      {Part ? (
        <Part key={editor.discards} {...props} />
      ) : (
        <WordsSection {...props} locale={locale} onLocale={setLocale} />
      )}
    </EditorFrame>
  )
}
