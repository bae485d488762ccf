import type { MessageTemplate } from '@qiao/protocol'
import { useWords } from '../../../../shared/i18n.ts'
import { shownText } from '../../../../shared/templates/shown-text.ts'
import { titleOf } from '../../../../shared/templates/title-of.ts'
import { categoryWords, reasonWords, words as shownWords } from '../../../../shared/templates/words.ts'
import { templateWords } from './template-words.ts'

interface TemplateListProps {
  id: string
  templates: readonly MessageTemplate[]
  chosenId: string | null
  languageName: (language: string) => string
  onChoose: (template: MessageTemplate) => void
}

/** When another one is chosen, and not each time the list is drawn. */
const intoView = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' })
}

export const optionId = (listId: string, templateId: string): string => `${listId}-${templateId}`

/** The keys are those of the search field above, which names the chosen one as its active descendant. */
export function TemplateList({ id, templates, chosenId, languageName, onChoose }: TemplateListProps) {
  const t = useWords(templateWords)
  const s = useWords(shownWords)
  return (
    <ul id={id} className="q-template-list" role="listbox" aria-label={t('list')}>
      {templates.map((template) => {
        const reason = reasonWords(template, s)
        const isChosen = template.id === chosenId
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled in the search field
          <li
            key={template.id}
            ref={isChosen ? intoView : undefined}
            id={optionId(id, template.id)}
            role="option"
            aria-selected={isChosen}
            aria-disabled={reason !== null}
            className={reason ? 'is-refused' : ''}
            onClick={() => onChoose(template)}
          >
            <span className="q-template-name">{titleOf(template)}</span>
            <span className="q-template-facts">
              {languageName(template.language)} · {categoryWords(template.category, s)}
            </span>
            <span className="q-template-words">{shownText(template)}</span>
            {reason ? <span className="q-template-reason">{reason}</span> : null}
          </li>
        )
      })}
    </ul>
  )
}
