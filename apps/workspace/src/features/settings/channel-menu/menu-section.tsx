import { PlusOutlined } from '@ant-design/icons'
import type { InboxMenu } from '@qiao/protocol'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { Section } from '../../../shared/page-frame.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { ProblemNote } from '../channels/problem-note.tsx'
import { ProviderRefusal } from '../channels/provider-refusal.tsx'
import { EntryForm } from './entry-form.tsx'
import { EntryList } from './entry-list.tsx'
import { addTop, emptyMenu, entryAt, type EntryPath, faultsAt, replaceAt } from './menu-draft.ts'
import { MenuPreview } from './menu-preview.tsx'
import type { MenuEditor } from './use-menu-draft.ts'
import { words } from './words.ts'
import './channel-menu.css'

interface MenuSectionProps {
  /** Of the inbox, as customers see it. */
  title: string
  /** The account is filled in. */
  ready: boolean
  editor: MenuEditor
}

export function MenuSection({ title, ready, editor }: MenuSectionProps) {
  const t = useWords(words)
  if (!ready) return <Section title={t('section')}>{t('waits')}</Section>
  return (
    <Load query={editor.query}>
      {(saved) =>
        saved.problem && !editor.dirty ? (
          <Section title={t('section')} hint={t('hint')}>
            <Alert
              type="error"
              role="alert"
              showIcon
              title={t('unread')}
              description={<ProblemNote problem={saved.problem} />}
              action={<Button onClick={() => void editor.query.refetch()}>{t('retry')}</Button>}
            />
          </Section>
        ) : (
          <MenuForm title={title} saved={saved} editor={editor} />
        )
      }
    </Load>
  )
}

function MenuForm({ title, saved, editor }: { title: string; saved: InboxMenu; editor: MenuEditor }) {
  const t = useWords(words)
  const confirm = useConfirm()
  const [selected, setSelected] = useState<EntryPath | null>(null)
  const { draft: menu, refused, tried, change } = editor
  const faults = tried ? editor.faults : []
  const { limits } = saved
  const entry = selected ? entryAt(menu, selected) : undefined
  const add = (): void => {
    change(addTop(menu))
    setSelected([menu.entries.length])
  }
  const clear = (): void =>
    confirm({
      title: t('clear'),
      text: t('clearText'),
      ok: t('clear'),
      run: async () => {
        change(emptyMenu)
        setSelected(null)
      },
    })
  const most = [
    t('mostTop', { count: limits.entries }),
    limits.below > 0 ? t('mostBelow', { count: limits.below }) : '',
  ]
  return (
    <>
      <ProviderRefusal title={t('refused')} problem={refused} />
      <Section title={t('section')} hint={t('hint')}>
        {menu.entries.length === 0 ? (
          <EmptyState
            title={t('empty')}
            hint={t('emptyText')}
            action={
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={add}>
                {t('add')}
              </Button>
            }
          />
        ) : (
          <div className="st-menu">
            <MenuPreview title={title} menu={menu} selected={selected} onSelect={setSelected} />
            <div className="st-menu-edit">
              <EntryList
                menu={menu}
                limits={limits}
                faults={faults}
                selected={selected}
                onSelect={setSelected}
                onChange={change}
              />
              <p className="q-quiet">
                {most.join(' ')} {t('order')}
              </p>
              <div className="st-actions">
                <Button
                  icon={<PlusOutlined aria-hidden />}
                  disabled={menu.entries.length >= limits.entries}
                  onClick={add}
                >
                  {t('add')}
                </Button>
                <Button danger onClick={clear}>
                  {t('clear')}
                </Button>
              </div>
            </div>
          </div>
        )}
      </Section>
      {entry && selected ? (
        <EntryForm
          key={selected.join('.')}
          entry={entry}
          below={selected[1] !== undefined}
          rules={saved}
          faults={faultsAt(faults, selected)}
          onChange={(changed) => change(replaceAt(menu, selected, changed))}
        />
      ) : menu.entries.length > 0 ? (
        <p className="q-quiet">{t('chooseOne')}</p>
      ) : null}
    </>
  )
}
