import { fillParts, type MessageTemplate } from '@qiao/protocol'
import type { ReactNode } from 'react'
import { useWords } from '../i18n.ts'
import { HeadPreview } from './head-preview.tsx'
import { tagOf } from './language.ts'
import { placeholders } from './shown-text.ts'
import { words } from './words.ts'
import './template-preview.css'

interface TemplatePreviewProps {
  template: Pick<MessageTemplate, 'language' | 'parameters' | 'components'> &
    Partial<Pick<MessageTemplate, 'places' | 'header'>>
  values: readonly string[]
  /** The file or place over the words. */
  above?: ReactNode
}

/** As on the customer's phone, with what has been filled in so far. */
export function TemplatePreview({ template, values, above }: TemplatePreviewProps) {
  const t = useWords(words)
  const { parameters } = template
  // What is not filled in yet is called as the provider calls it.
  const shown = placeholders(template).map((place, at) => values[at]?.trim() || place)
  const parts = fillParts(template.components, parameters, shown)
  const texts = parts.filter(({ part }) => part !== 'button')
  const buttons = parts.filter(({ part }) => part === 'button')
  return (
    <figure className="q-template-preview">
      <figcaption>{t('preview')}</figcaption>
      <div className="q-template-bubble" lang={tagOf(template.language)} dir="auto" aria-live="polite">
        {above ?? (template.header ? <HeadPreview head={template.header} /> : null)}
        {texts.map(({ part, text }) => (
          <p key={part} className={`is-${part}`}>
            {text}
          </p>
        ))}
        {buttons.map(({ text, url, code }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a button is nothing but its place
          <span key={at} className="q-template-press" title={url}>
            {text}
            {(url ?? code) ? <small>{url ?? code}</small> : null}
          </span>
        ))}
      </div>
    </figure>
  )
}
