import { ClockCircleOutlined, SwapOutlined, TagOutlined, UserAddOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { type ReactNode, memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { Tip } from '../../../shared/tip.tsx'
import { inboxWords } from '../words.ts'
import type { OpenAction } from './thread-actions.tsx'

const looks = {
  assign: { title: 'do.assign', keys: 'a', icon: <UserAddOutlined /> },
  transfer: { title: 'do.transfer', keys: 't', icon: <SwapOutlined /> },
  tags: { title: 'do.tags', keys: 'l', icon: <TagOutlined /> },
  snooze: { title: 'do.snooze', keys: 's', icon: <ClockCircleOutlined /> },
} as const

interface ActionPopoverProps {
  action: keyof typeof looks
  disabled: boolean
  /** Where another key does it. */
  keys?: string
  open: boolean
  placement: 'bottom' | 'bottomRight'
  onOpen: (action: OpenAction) => void
  /** Only while it is open (what fades away shows what it showed): a closed one is told nothing new. */
  children: ReactNode
}

/** A button of the conversation's header and what it opens. */
export const ActionPopover = memo(function ActionPopover(props: ActionPopoverProps) {
  const { action, disabled, open, placement, onOpen, children } = props
  const t = useWords(inboxWords)
  const { title, icon } = looks[action]
  const keys = props.keys ?? looks[action].keys
  const label = t(title)
  return (
    <Popover
      open={open}
      onOpenChange={(next) => onOpen(next ? action : null)}
      trigger="click"
      placement={placement}
      destroyOnHidden
      content={
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what the key opened
        <div
          onKeyDown={(event) => {
            if (event.key === 'Escape') onOpen(null)
          }}
        >
          {children}
        </div>
      }
    >
      <span>
        <Tip title={label} keys={keys}>
          <Button type="text" icon={icon} aria-label={label} disabled={disabled} />
        </Tip>
      </span>
    </Popover>
  )
})
