import { HolderOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface PanelSectionProps {
  name: string
  title: string
  onMove: (step: 1 | -1) => void
  children: ReactNode
}

const key = (name: string): string => `qiao.panel.${name}`

export function PanelSection({ name, title, onMove, children }: PanelSectionProps) {
  const t = useWords(inboxWords)
  const [open, setOpen] = useState(() => localStorage.getItem(key(name)) !== 'closed')
  const toggle = (): void => {
    localStorage.setItem(key(name), open ? 'closed' : 'open')
    setOpen(!open)
  }
  const items = [
    { key: 'up', label: t('panel.moveUp'), onClick: () => onMove(-1) },
    { key: 'down', label: t('panel.moveDown'), onClick: () => onMove(1) },
  ]
  return (
    <section className="q-panel-section">
      <div className="q-panel-head">
        <h3>
          <button type="button" aria-expanded={open} onClick={toggle}>
            <RightOutlined className={open ? 'is-open' : ''} />
            {title}
          </button>
        </h3>
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button
            type="text"
            size="small"
            icon={<HolderOutlined />}
            aria-label={t('panel.order', { section: title })}
          />
        </Dropdown>
      </div>
      {open ? <div className="q-panel-body">{children}</div> : null}
    </section>
  )
}
