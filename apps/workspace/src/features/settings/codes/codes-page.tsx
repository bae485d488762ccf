import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { DataTable } from '../../../shared/data-table.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { namesOf } from '../../../shared/names.ts'
import { PageFrame, Section } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { routingSettingsQuery, useStaffNames } from '../../../shared/staff.ts'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { words as settingsWords } from '../words.ts'
import { type Code, type CodeKind, codeKinds, codesOf } from './code-kinds.ts'
import { CodePanel } from './code-panel.tsx'
import { words } from './words.ts'

export function CodesPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('routing.manage')
  const { queues } = useStaffNames()
  const settings = useQuery(routingSettingsQuery)
  const [edited, setEdited] = useState<{ kind: CodeKind; code: Code | null } | null>(null)
  const english = currentLanguage() === 'en'
  return (
    <PageFrame title={s('page.codes')} intro={t('intro')}>
      {manage ? null : <ReadOnlyNote />}
      {codeKinds.map((kind) => (
        <Section
          key={kind}
          title={t(kind)}
          hint={t(`${kind}Hint`)}
          actions={
            manage ? (
              <Button size="small" onClick={() => setEdited({ kind, code: null })}>
                {t(`${kind}Add`)}
              </Button>
            ) : null
          }
        >
          <DataTable
            query={{ ...settings, data: settings.data ? codesOf(kind, settings.data) : undefined }}
            empty={<p className="q-quiet">{t(`${kind}Empty`)}</p>}
            columns={[
              { title: t('zh'), render: ({ names }) => names.zh },
              { title: t('en'), render: ({ names }) => <span lang="en">{names.en}</span> },
              kind === 'disposition' && {
                title: t('queues'),
                render: ({ queueIds }) =>
                  queueIds.length > 0 ? namesOf(queueIds, queues) : <span className="q-quiet">{t('allQueues')}</span>,
              },
              manage && {
                title: s('edit'),
                actions: true,
                render: (code) => (
                  <Button
                    size="small"
                    aria-label={t('edit', { name: english ? code.names.en : code.names.zh })}
                    onClick={() => setEdited({ kind, code })}
                  >
                    {s('edit')}
                  </Button>
                ),
              },
            ]}
          />
        </Section>
      ))}
      {edited ? <CodePanel kind={edited.kind} code={edited.code} onClose={() => setEdited(null)} /> : null}
    </PageFrame>
  )
}
