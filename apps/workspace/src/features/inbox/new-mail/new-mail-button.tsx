import { EditOutlined } from '@ant-design/icons'
import { Badge, Button } from 'antd'
import { Suspense, lazy } from 'react'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { part } from '../../../shared/part.ts'
import { useMe } from '../../../shared/session.ts'
import { useStore } from '../../../shared/store.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'
import { localFirstDraft } from './first-draft.ts'
import { useLetterInboxes } from './letter-inboxes.ts'
import { newMailStore, putNewMailAway, writeNewMail } from './new-mail-store.ts'
import { newMailWords } from './words.ts'

const NewMail = lazy(part(() => import('./new-mail.tsx').then((module) => ({ default: module.NewMail }))))

/** Where mails can be written at all: a button, a key and a line of the palette. */
export function NewMailButton() {
  const t = useWords(newMailWords)
  const inbox = useWords(inboxWords)
  const me = useMe()
  const inboxes = useLetterInboxes()
  const { open } = useStore(newMailStore)
  const may = inboxes.length > 0
  useCommands(() =>
    may
      ? [{ id: 'write-mail', title: t('do.write'), group: inbox('group.list'), keys: 'shift+n', run: writeNewMail }]
      : [],
  )
  if (!may) return null
  const begun = !open && (localFirstDraft(me.id)?.draft ?? null) !== null
  const title = t(begun ? 'do.goOn' : 'do.write')
  return (
    <>
      <Tip title={title} keys="shift+n">
        <Badge dot={begun} offset={[-4, 4]}>
          <Button type="text" icon={<EditOutlined />} aria-label={title} onClick={writeNewMail} />
        </Badge>
      </Tip>
      {open ? (
        <Suspense>
          <NewMail inboxes={inboxes} onClose={putNewMailAway} />
        </Suspense>
      ) : null}
    </>
  )
}
