import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

/** A message that went out is being changed. */
export function EditingLine({ onCancel }: { onCancel: () => void }) {
  const t = useWords(inboxWords)
  return (
    <div className="q-composer-context">
      <span>{t('composer.editing')}</span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('composer.cancelEdit')}
        onClick={onCancel}
      />
    </div>
  )
}
