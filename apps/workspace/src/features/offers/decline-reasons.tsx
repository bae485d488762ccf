import type { ReasonCode } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { codeName } from '../../shared/routing/names.ts'
import { offerWords } from './words.ts'

interface DeclineReasonsProps {
  reasons: readonly ReasonCode[]
  busy: boolean
  onChoose: (reasonId: string) => void
  onBack: () => void
}

export function DeclineReasons({ reasons, busy, onChoose, onBack }: DeclineReasonsProps) {
  const t = useWords(offerWords)
  return (
    <div className="q-offer-reasons" role="group" aria-label={t('declineWhy')}>
      <span>{t('declineWhy')}</span>
      <div>
        {reasons.map((reason, at) => (
          <Button key={reason.id} size="small" autoFocus={at === 0} disabled={busy} onClick={() => onChoose(reason.id)}>
            {codeName(reason)}
          </Button>
        ))}
        <Button size="small" type="text" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}
