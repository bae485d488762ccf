import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'

interface SidePanelProps {
  title: string
  open?: boolean
  /** For what is shown beside the fields. */
  wide?: boolean
  onClose: () => void
  /** Absent: there is nothing to do but to close it. */
  footer?: ReactNode
  children: ReactNode
}

/** Beside the list, so that the list stays in sight. */
export function SidePanel({ title, open = true, wide = false, onClose, footer, children }: SidePanelProps) {
  const t = useWords(words)
  const foot = <div className="st-panel-foot">{footer ?? <Button onClick={onClose}>{t('close')}</Button>}</div>
  return (
    <Drawer title={title} open={open} onClose={onClose} size={wide ? 860 : 460} footer={foot} destroyOnHidden>
      {children}
    </Drawer>
  )
}
