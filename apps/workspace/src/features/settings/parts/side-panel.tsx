import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'

interface SidePanelProps {
  title: string
  open: boolean
  saving?: boolean
  saveLabel?: string
  disabled?: boolean
  /** Absent: there is nothing to save, only to close. */
  onSave?: (() => void) | undefined
  onClose: () => void
  children: ReactNode
}

/** Editing beside the list, so that the list stays in sight. */
export function SidePanel({ title, open, saving, saveLabel, disabled, onSave, onClose, children }: SidePanelProps) {
  const t = useWords(words)
  const footer = (
    <div className="st-panel-foot">
      <Button onClick={onClose}>{onSave ? t('cancel') : t('close')}</Button>
      {onSave ? (
        <Button type="primary" onClick={onSave} loading={saving ?? false} disabled={disabled ?? false}>
          {saveLabel ?? t('save')}
        </Button>
      ) : null}
    </div>
  )
  return (
    <Drawer title={title} open={open} onClose={onClose} size={460} footer={footer} destroyOnHidden>
      {children}
    </Drawer>
  )
}
