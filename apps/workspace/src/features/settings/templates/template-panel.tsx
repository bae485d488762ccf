import type { MessageTemplate } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { languageNames } from '../../../shared/templates/language.ts'
import { TemplatePreview } from '../../../shared/templates/template-preview.tsx'
import { titleOf } from '../../../shared/templates/title-of.ts'
import { categoryWords, words as shownWords } from '../../../shared/templates/words.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { TemplateState } from './template-state.tsx'
import { words } from './words.ts'

/** One template as the provider shows it. */
export function TemplatePanel({ template, onClose }: { template: MessageTemplate; onClose: () => void }) {
  const t = useWords(words)
  const s = useWords(shownWords)
  const { name, title, language, category } = template
  return (
    <SidePanel title={t('showOf', { name: titleOf(template) })} onClose={onClose}>
      <TemplatePreview template={template} values={[]} />
      <dl className="st-template-facts">
        <dt>{t('state')}</dt>
        <dd>
          <TemplateState template={template} />
        </dd>
        {title === null ? null : (
          <>
            <dt>{t('code')}</dt>
            <dd>{name}</dd>
          </>
        )}
        <dt>{t('language')}</dt>
        <dd>{languageNames()(language)}</dd>
        <dt>{t('category')}</dt>
        <dd>{categoryWords(category, s)}</dd>
      </dl>
    </SidePanel>
  )
}
