import { HolderOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { type ReactNode, memo, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { inboxWords } from '../words.ts'
import type { Section } from './section-order.ts'

interface PanelSectionProps {
  name: Section
  title: string
  onMove: (section: Section, step: 1 | -1) => void
  children: ReactNode
}

const key = (name: string): string => `qiao.panel.${name}`

export function PanelSection({ name, title, onMove, children }: PanelSectionProps) {
  const [open, setOpen] = useState(() => localStorage.getItem(key(name)) !== 'closed')
  const toggle = useStable((): void => {
    localStorage.setItem(key(name), open ? 'closed' : 'open')
    setOpen(!open)
  })
  return (
    <section className="q-panel-section">
      <SectionHead name={name} title={title} open={open} onToggle={toggle} onMove={onMove} />
      {open ? <div className="q-panel-body">{children}</div> : null}
    </section>
  )
}

interface SectionHeadProps extends Omit<PanelSectionProps, 'children'> {
  open: boolean
  onToggle: () => void
}

/** Knows no contact, so that its menu is not drawn anew with the next one. */
const SectionHead = memo(function SectionHead({ name, title, open, onToggle, onMove }: SectionHeadProps) {
  const t = useWords(inboxWords)
  const items = [
    { key: 'up', label: t('panel.moveUp'), onClick: () => onMove(name, -1) },
    { key: 'down', label: t('panel.moveDown'), onClick: () => onMove(name, 1) },
  ]
  return (
    <div className="q-panel-head">
      <h3>
        <button type="button" aria-expanded={open} onClick={onToggle}>
          <RightOutlined className={open ? 'is-open' : ''} />
          {title}
        </button>
      </h3>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" size="small" icon={<HolderOutlined />} aria-label={t('panel.order', { section: title })} />
      </Dropdown>
    </div>
  )
})
