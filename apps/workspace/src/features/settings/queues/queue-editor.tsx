import type { Queue } from '@qiao/protocol'
import type { ComponentType } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useCan } from '../../../shared/session.ts'
import { EditorFrame } from '../parts/editor-frame.tsx'
import { type SectionKey, brokenSections, sections } from './draft.ts'
import { GeneralSection } from './general-section.tsx'
import { HookSection } from './hook-section.tsx'
import { LimitsSection } from './limits-section.tsx'
import { OfferSection } from './offer-section.tsx'
import { OrderSection } from './order-section.tsx'
import { PreferSection } from './prefer-section.tsx'
import type { SectionProps } from './section-props.ts'
import { ServingSection } from './serving-section.tsx'
import { StepsSection } from './steps-section.tsx'
import { TargetSection } from './target-section.tsx'
import { useQueueDraft } from './use-queue-draft.ts'
import { WordsSection } from './words-section.tsx'
import { WrapUpSection } from './wrap-up-section.tsx'
import { words } from './words.ts'

const parts: Record<SectionKey, ComponentType<SectionProps>> = {
  general: GeneralSection,
  serving: ServingSection,
  steps: StepsSection,
  order: OrderSection,
  offer: OfferSection,
  prefer: PreferSection,
  limits: LimitsSection,
  words: WordsSection,
  'wrap-up': WrapUpSection,
  target: TargetSection,
  hook: HookSection,
}

export function QueueEditor({ queue, section }: { queue: Queue; section: SectionKey }) {
  const t = useWords(words)
  const readOnly = !useCan('routing.manage')
  const editor = useQueueDraft(queue)
  const broken = brokenSections(editor.problems)
  const nameOf = (key: SectionKey): string => t(`section.${key}`)
  const Part = parts[section]
  return (
    <EditorFrame
      title={editor.draft.name || queue.name}
      back={{ to: '/settings/queues', label: t('back') }}
      navLabel={t('sections')}
      sections={sections}
      section={section}
      nameOf={nameOf}
      hrefOf={(key) => `/settings/queues/${queue.id}/${key}`}
      broken={broken}
      readOnly={readOnly}
      editor={editor}
    >
      <Part
        key={editor.discards}
        queue={queue}
        draft={editor.draft}
        problems={editor.problems}
        readOnly={readOnly}
        onChange={editor.change}
        onSettings={editor.changeSettings}
      />
    </EditorFrame>
  )
}
