import { fillTemplate, type MessageTemplate } from '@qiao/protocol'
import { useWords } from '../i18n.ts'
import { tagOf } from './language.ts'
import { words } from './words.ts'
import './template-preview.css'

interface TemplatePreviewProps {
  template: Pick<MessageTemplate, 'language' | 'parameters' | 'components'>
  values: readonly string[]
}

/** As on the customer's phone, with what has been filled in so far. */
export function TemplatePreview({ template, values }: TemplatePreviewProps) {
  const t = useWords(words)
  const filled = (text: string): string => fillTemplate(text, template.parameters, values)
  const texts = template.components.filter(({ part }) => part !== 'button')
  const buttons = template.components.filter(({ part }) => part === 'button')
  return (
    <figure className="q-template-preview">
      <figcaption>{t('preview')}</figcaption>
      <div className="q-template-bubble" lang={tagOf(template.language)} dir="auto" aria-live="polite">
        {texts.map(({ part, text }) => (
          <p key={`${part} ${text}`} className={`is-${part}`}>
            {filled(text)}
          </p>
        ))}
        {buttons.map(({ text }) => (
          <span key={text} className="q-template-press">
            {text}
          </span>
        ))}
      </div>
    </figure>
  )
}
