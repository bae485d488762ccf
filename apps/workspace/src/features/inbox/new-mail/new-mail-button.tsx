import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, lazy, useState } from 'react'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { part } from '../../../shared/part.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'
import { useLetterInboxes } from './letter-inboxes.ts'
import { newMailWords } from './words.ts'

const NewMail = lazy(part(() => import('./new-mail.tsx').then((module) => ({ default: module.NewMail }))))

/** Where mails can be written at all: a button, a key and a line of the palette. */
export function NewMailButton({ onSent }: { onSent: (conversationId: string) => void }) {
  const t = useWords(newMailWords)
  const inbox = useWords(inboxWords)
  const inboxes = useLetterInboxes()
  const [open, setOpen] = useState(false)
  const write = (): void => setOpen(true)
  const may = inboxes.length > 0
  useCommands(() =>
    may ? [{ id: 'write-mail', title: t('do.write'), group: inbox('group.list'), keys: 'shift+n', run: write }] : [],
  )
  if (!may) return null
  return (
    <>
      <Tip title={t('do.write')} keys="shift+n">
        <Button type="text" icon={<EditOutlined />} aria-label={t('do.write')} onClick={write} />
      </Tip>
      {open ? (
        <Suspense>
          <NewMail
            inboxes={inboxes}
            onClose={() => setOpen(false)}
            onSent={(id) => {
              setOpen(false)
              onSent(id)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
