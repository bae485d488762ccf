import type { MessageTemplate } from '@qiao/protocol'
import { Button } from 'antd'
import { DataTable } from '../../../shared/data-table.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { languageNames } from '../../../shared/templates/language.ts'
import { shownText } from '../../../shared/templates/shown-text.ts'
import { titleOf } from '../../../shared/templates/title-of.ts'
import { categoryWords, words as shownWords } from '../../../shared/templates/words.ts'
import { TemplateState } from './template-state.tsx'
import { words } from './words.ts'

interface TemplateTableProps {
  templates: MessageTemplate[]
  onShow: (template: MessageTemplate) => void
  /** Absent: they are removed at the provider, or not by the reader. */
  onRemove: ((template: MessageTemplate) => void) | undefined
  /** Absent for one that cannot be changed. */
  onEditOf: (template: MessageTemplate) => (() => void) | undefined
}

export function TemplateTable({ templates, onShow, onRemove, onEditOf }: TemplateTableProps) {
  const t = useWords(words)
  const s = useWords(shownWords)
  const languageName = languageNames()
  return (
    <DataTable
      query={{ data: templates, isError: false, error: null, refetch: () => undefined }}
      empty={null}
      columns={[
        {
          title: t('name'),
          render: (template) => (
            <span className="st-template-name">
              <strong>{titleOf(template)}</strong>
              <span className="q-quiet" dir="auto">
                {shownText(template)}
              </span>
            </span>
          ),
        },
        { title: t('language'), render: ({ language }) => languageName(language) },
        { title: t('category'), render: ({ category }) => categoryWords(category, s) },
        { title: t('state'), render: (template) => <TemplateState template={template} /> },
        {
          title: t('actions'),
          actions: true,
          render: (template) => (
            <span className="st-template-acts">
              <Button
                size="small"
                aria-label={t('showOf', { name: titleOf(template) })}
                onClick={() => onShow(template)}
              >
                {t('show')}
              </Button>
              <Edit template={template} onEdit={onEditOf(template)} />
              {onRemove ? (
                <Button
                  size="small"
                  danger
                  aria-label={t('removeOf', { name: titleOf(template) })}
                  onClick={() => onRemove(template)}
                >
                  {t('remove')}
                </Button>
              ) : null}
            </span>
          ),
        },
      ]}
    />
  )
}

function Edit({ template, onEdit }: { template: MessageTemplate; onEdit: (() => void) | undefined }) {
  const t = useWords(words)
  if (!onEdit) return null
  return (
    <Button size="small" aria-label={t('editOf', { name: titleOf(template) })} onClick={onEdit}>
      {t('edit')}
    </Button>
  )
}
