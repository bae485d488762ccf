import { CommentOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { part } from '../../../shared/part.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'
import { useFirstInboxes } from './first-inboxes.ts'
import { firstWords } from './words.ts'

const WriteFirst = lazy(part(() => import('./write-first.tsx').then((module) => ({ default: module.WriteFirst }))))

/** Where one can write to somebody who has never written: a button, a key and a line of the palette. */
export function WriteFirstButton({ onStarted }: { onStarted: (conversationId: string) => void }) {
  const t = useWords(firstWords)
  const inbox = useWords(inboxWords)
  const inboxes = useFirstInboxes()
  const [isOpen, setOpen] = useState(false)
  const may = inboxes.length > 0
  const open = (): void => setOpen(true)
  useCommands(() =>
    may ? [{ id: 'write-first', title: t('do.write'), group: inbox('group.list'), keys: 'shift+w', run: open }] : [],
  )
  if (!may) return null
  return (
    <>
      <Tip title={t('do.write')} keys="shift+w">
        <Button type="text" icon={<CommentOutlined />} aria-label={t('do.write')} onClick={open} />
      </Tip>
      {isOpen ? (
        <Suspense>
          <WriteFirst
            inboxes={inboxes}
            onClose={() => setOpen(false)}
            onStarted={(id) => {
              setOpen(false)
              onStarted(id)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
