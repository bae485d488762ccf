import type { Conversation } from '@qiao/protocol'
import { Suspense, lazy } from 'react'
import type { Store } from '../../../../shared/store.ts'
import { part } from '../../../../shared/part.ts'
import { Composer, type ComposerProps } from '../composer.tsx'
import type { MailWanted } from './mail-dock.tsx'
import { useWritesLetters } from './writes-letters.ts'

const MailDock = lazy(part(() => import('./mail-dock.tsx').then((module) => ({ default: module.MailDock }))))

interface WritingDockProps extends ComposerProps {
  conversation: Conversation
  hasLetters: boolean
  mailWanted: Store<MailWanted | null>
}

/** Where one writes: a line for chats, a sheet of paper for letters. */
export function WritingDock({ conversation, hasLetters, mailWanted, ...composer }: WritingDockProps) {
  const letters = useWritesLetters(conversation, composer.templatesOf !== null, hasLetters)
  if (!letters) return <Composer {...composer} />
  return (
    <Suspense fallback={<div className="q-mailer-closed" />}>
      <MailDock key={conversation.id} {...composer} mailWanted={mailWanted} />
    </Suspense>
  )
}
