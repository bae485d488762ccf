import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { closeReasons } from '@qiao/protocol'
import { Button, Dropdown, Space } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'
import type { CloseReason } from './use-conversation-actions.ts'

interface CloseButtonProps {
  disabled: boolean
  onClose: (reason?: CloseReason) => void
}

export const CloseButton = memo(function CloseButton({ disabled, onClose }: CloseButtonProps) {
  const t = useWords(inboxWords)
  const items = closeReasons.map((reason) => ({
    key: reason,
    label: t(`reason.${reason}`),
    onClick: () => onClose(reason),
  }))
  return (
    <Space.Compact>
      <Tip title={t('do.close')} keys="e">
        <Button icon={<CheckOutlined />} disabled={disabled} onClick={() => onClose()}>
          <span className="q-only-wide">{t('do.close')}</span>
        </Button>
      </Tip>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" disabled={disabled}>
        <Button icon={<DownOutlined style={{ fontSize: 10 }} />} disabled={disabled} aria-label={t('do.closeAs')} />
      </Dropdown>
    </Space.Compact>
  )
})
