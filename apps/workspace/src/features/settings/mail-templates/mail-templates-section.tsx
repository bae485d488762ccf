import { PlusOutlined } from '@ant-design/icons'
import { deleteMailTemplate, type MailTemplate } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { keyText } from '../../../shared/commands.ts'
import { DataTable } from '../../../shared/data-table.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { wordsOf } from '../../../shared/html-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { mailTemplatesQuery, templateKeys } from '../../../shared/mail-templates.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { MailTemplateForm } from './mail-template-form.tsx'
import { words } from './words.ts'
import '../templates/templates.css'

/** Texts that agents insert while they write: those of this inbox, and those of all. */
export function MailTemplatesSection({ inboxId, readOnly }: { inboxId: string; readOnly: boolean }) {
  const t = useWords(words)
  const client = useQueryClient()
  const confirm = useConfirm()
  const feedback = useFeedback()
  const query = useQuery(mailTemplatesQuery(inboxId))
  const [edited, setEdited] = useState<MailTemplate | 'new' | null>(null)
  const remove = useMutation({
    mutationFn: ({ id }: MailTemplate) => call(deleteMailTemplate, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['templates', 'of-mails'] })
      feedback.done(t('removed'))
    },
    onError: feedback.failed,
  })
  const askToRemove = (template: MailTemplate): void =>
    confirm({
      title: t('removeAsk', { name: template.name }),
      text: t('removeText'),
      ok: t('remove'),
      run: () => remove.mutateAsync(template),
    })
  const add = readOnly ? undefined : (
    <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Section title={t('title')} hint={t('hint')} actions={add}>
      <DataTable
        query={query}
        empty={<EmptyState title={t('empty')} hint={t('emptyHint', { keys: keyText(templateKeys) })} />}
        columns={[
          {
            title: t('name'),
            render: ({ name, html }) => (
              <span className="st-template-name">
                <strong>{name}</strong>
                <span className="q-quiet" dir="auto">
                  {wordsOf(html)}
                </span>
              </span>
            ),
          },
          { title: t('scope'), render: (template) => t(template.inboxId === null ? 'scope.all' : 'scope.this') },
          !readOnly && {
            title: t('actions'),
            actions: true,
            render: (template) => (
              <span className="st-template-acts">
                <Button
                  size="small"
                  aria-label={t('editOf', { name: template.name })}
                  onClick={() => setEdited(template)}
                >
                  {t('edit')}
                </Button>
                <Button
                  size="small"
                  danger
                  aria-label={t('removeOf', { name: template.name })}
                  onClick={() => askToRemove(template)}
                >
                  {t('remove')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {edited ? (
        <MailTemplateForm
          inboxId={inboxId}
          template={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Section>
  )
}
