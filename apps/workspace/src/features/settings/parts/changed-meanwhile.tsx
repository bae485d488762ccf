import type { EditVersion } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { useNow } from '../../../shared/time.ts'
import { agoTime } from '../../../shared/when.tsx'
import { words } from '../words.ts'

interface Props {
  theirs: EditVersion
  /** What keeps mine from being saved. */
  problem?: string | null | undefined
  onTake: () => void
  onOverwrite: () => void
}

/** Somebody else saved while this was being edited: who, when, and the two ways on. */
export function ChangedMeanwhile({ theirs, problem, onTake, onOverwrite }: Props) {
  const t = useWords(words)
  const me = useMe()
  const { agents } = useStaffNames()
  const now = useNow()
  const { changedAt, changedBy } = theirs
  const time = changedAt ? agoTime(changedAt, now) : ''
  const name = agents.get(changedBy ?? '')?.name ?? t('somebody')
  return (
    <>
      <span role="alert" className="q-state-warn">
        {changedBy === me.id ? t('changedByYou', { time }) : t('changedBy', { name, time })}
      </span>
      {problem ? <span className="q-state-bad">{problem}</span> : null}
      <Button onClick={onTake}>{t('takeTheirs')}</Button>
      <Button danger onClick={onOverwrite} disabled={Boolean(problem)}>
        {t('keepMine')}
      </Button>
    </>
  )
}
