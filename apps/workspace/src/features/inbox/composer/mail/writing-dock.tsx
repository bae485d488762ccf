import type { Conversation } from '@qiao/protocol'
import { Suspense, lazy } from 'react'
import type { Store } from '../../../../shared/store.ts'
import { part } from '../../../../shared/part.ts'
import { Composer, type ComposerProps } from '../composer.tsx'
import type { MailWanted } from './mail-dock.tsx'
import { useWishesLetter, useWritesLetters } from './writes-letters.ts'

const MailDock = lazy(part(() => import('./mail-dock.tsx').then((module) => ({ default: module.MailDock }))))

interface WritingDockProps extends ComposerProps {
  conversation: Conversation
  mailWanted: Store<MailWanted | null>
}

/** Where one writes: a line for chats, a sheet of paper for letters. */
export function WritingDock({ conversation, mailWanted, ...composer }: WritingDockProps) {
  const letters = useWritesLetters(conversation, composer.templatesOf !== null)
  const wished = useWishesLetter(conversation.id)
  if (!letters && !wished) return <Composer {...composer} />
  return (
    <Suspense fallback={<div className="q-mailer-closed" />}>
      <MailDock key={conversation.id} {...composer} mailWanted={mailWanted} />
    </Suspense>
  )
}
