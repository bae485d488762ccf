import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { exactTime } from '../../../shared/time.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { words } from '../words.ts'
import type { DeadLetter } from './account-query.ts'
import { LetterReason } from './letter-reason.tsx'
import { statusWords } from './status-words.ts'

interface LetterPanelProps {
  letter: DeadLetter
  state: ReactNode
  action: ReactNode
  onClose: () => void
}

/** What it was, as the provider's own, for whoever looks closer. */
export function LetterPanel({ letter, state, action, onClose }: LetterPanelProps) {
  const s = useWords(words)
  const t = useWords(statusWords)
  const footer = (
    <>
      <Button onClick={onClose}>{s('close')}</Button>
      {action}
    </>
  )
  return (
    <SidePanel title={t('letter')} onClose={onClose} footer={footer}>
      <dl className="st-facts">
        <dt>{t('time')}</dt>
        <dd>{exactTime(letter.at)}</dd>
        <dt>{t('direction')}</dt>
        <dd>{t(`direction.${letter.direction}`)}</dd>
        <dt>{t('state')}</dt>
        <dd>{state}</dd>
        <dt>{t('reason')}</dt>
        <dd>
          <LetterReason letter={letter} />
        </dd>
      </dl>
      {letter.conversationId ? (
        <p>
          <Link to={`/inbox/all/${letter.conversationId}`}>{t('openConversation')}</Link>
        </p>
      ) : null}
      <p className="q-quiet">{t('content')}</p>
      <CopyBox text={JSON.stringify(letter.content ?? null, null, 2)} label={t('content')} />
    </SidePanel>
  )
}
