import type { ChannelAccount } from '@qiao/protocol'
import { Alert } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { ProblemNote } from '../channels/problem-note.tsx'
import { accessEndsWords } from './access-ends-words.ts'

type Access = NonNullable<ChannelAccount['access']>

/** Until when access is good, that it renews itself, and what to do where it could not. */
export function AccessEnds({ access }: { access: Access }) {
  const t = useWords(accessEndsWords)
  const { state, endsAt, problem } = access
  const time = endsAt === null ? '' : dateTime(endsAt)
  if (state === 'good' || state === 'unknown') return <p className="q-quiet">{t(state, { time })}</p>
  const title = state === 'over' ? t('over', { time }) : endsAt === null ? t('failingUnknown') : t('failing', { time })
  return (
    <Alert
      className="st-refusal"
      type={state === 'over' ? 'error' : 'warning'}
      role="alert"
      showIcon
      title={title}
      description={
        <>
          <p>{t(state === 'over' ? 'anew' : 'before')}</p>
          {problem ? <ProblemNote problem={problem} /> : null}
        </>
      }
    />
  )
}
