import { SnippetsOutlined } from '@ant-design/icons'
import type { MailTemplate } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { keyText } from '../../../../shared/commands.ts'
import { EmptyState } from '../../../../shared/empty-state.tsx'
import { wordsOf } from '../../../../shared/html-words.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { Load } from '../../../../shared/load.tsx'
import { mailTemplatesQuery, templateKeys } from '../../../../shared/mail-templates.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { findTemplates } from './find-templates.ts'
import { mailTemplateWords } from './mail-template-words.ts'

export function MailTemplatesButton({ onOpen }: { onOpen: () => void }) {
  const t = useWords(mailTemplateWords)
  return (
    <Tip title={t('open')} keys={templateKeys}>
      <Button
        type="text"
        icon={<SnippetsOutlined />}
        aria-label={t('open')}
        aria-keyshortcuts={keyText(templateKeys)}
        onClick={onOpen}
      />
    </Tip>
  )
}

interface MailTemplatesProps {
  inboxId: string
  onChoose: (template: MailTemplate) => void
  onClose: () => void
}

/** Texts to begin with: found by a word, chosen by a key. */
export function MailTemplates({ inboxId, onChoose, onClose }: MailTemplatesProps) {
  const t = useWords(mailTemplateWords)
  const [open, setOpen] = useState(true)
  const [chosen, setChosen] = useState<MailTemplate | null>(null)
  const templates = useQuery(mailTemplatesQuery(inboxId))
  return (
    <Modal
      open={open}
      title={t('title')}
      footer={null}
      width={560}
      className="q-mail-templates"
      onCancel={() => setOpen(false)}
      // Inserted once the window has given back the focus, or the words would lose it again.
      afterClose={() => (chosen ? onChoose(chosen) : onClose())}
    >
      <Load query={templates}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} hint={t('emptyHint')} />
          ) : (
            <Choice
              templates={all}
              onChoose={(template) => {
                setChosen(template)
                setOpen(false)
              }}
            />
          )
        }
      </Load>
    </Modal>
  )
}

interface ChoiceProps {
  templates: readonly MailTemplate[]
  onChoose: (template: MailTemplate) => void
}

/** When another one is chosen, and not each time the list is drawn. */
const intoView = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' })
}

function Choice({ templates, onChoose }: ChoiceProps) {
  const t = useWords(mailTemplateWords)
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = findTemplates(templates, text)
  const shown = found[Math.min(at, found.length - 1)]
  const optionId = (id: string): string => `${listId}-${id}`
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((held) => Math.max(0, Math.min(found.length - 1, held + step)))
    else if (event.key === 'Enter' && shown) onChoose(shown)
    else return
    event.preventDefault()
  }
  return (
    <>
      <Input
        autoFocus
        allowClear
        value={text}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown ? optionId(shown.id) : undefined}
        aria-label={t('search')}
        placeholder={t('search')}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <p className="sr-only" role="status">
        {t('found', { count: found.length })}
      </p>
      {found.length === 0 ? <p className="q-choice-note">{t('none')}</p> : null}
      <ul id={listId} className="q-mail-template-list" role="listbox" aria-label={t('title')}>
        {found.map((template) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled in the search field
          <li
            key={template.id}
            id={optionId(template.id)}
            ref={template === shown ? intoView : undefined}
            role="option"
            aria-selected={template === shown}
            onClick={() => onChoose(template)}
          >
            <span className="q-mail-template-name">{template.name}</span>
            <span className="q-mail-template-text" dir="auto">
              {wordsOf(template.html)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
