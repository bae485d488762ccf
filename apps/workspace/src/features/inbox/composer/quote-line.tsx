import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { Quoted } from './quoted.tsx'
import { sendingWords } from './sending-words.ts'

interface QuoteLineProps {
  targetId: string
  /** The customer sees it too. */
  isShown: boolean
  onDrop: () => void
}

/** Which message is being answered. */
export function QuoteLine({ targetId, isShown, onDrop }: QuoteLineProps) {
  const t = useWords(inboxWords)
  const sending = useWords(sendingWords)
  return (
    <div className="q-composer-context">
      <Quoted targetId={targetId} />
      {isShown ? null : <small>{sending('noQuote')}</small>}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('composer.cancelReply')}
        onClick={onDrop}
      />
    </div>
  )
}
