import type { WorkItem } from '@qiao/protocol'
import { Button, InputNumber, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { useHoldBoard } from './hold-board.ts'
import { useSupervision } from './use-supervision.ts'
import { words } from './words.ts'

interface Props {
  item: WorkItem
  customer: string
  perMinute: number
}

export function PriorityForm({ item, customer, perMinute }: Props) {
  const t = useWords(words)
  const { prioritise } = useSupervision()
  const [open, setOpen] = useState(false)
  useHoldBoard(open)
  const [priority, setPriority] = useState<number | null>(item.priority)
  const save = (): void => {
    setOpen(false)
    if (priority !== null && priority !== item.priority) prioritise(item.id, { priority })
  }
  const form = (
    <form
      className="q-board-priority"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <InputNumber
        aria-label={t('priorityOf', { customer })}
        value={priority}
        precision={0}
        min={-1_000_000}
        max={1_000_000}
        autoFocus
        onChange={setPriority}
      />
      <Button type="primary" htmlType="submit">
        {t('setPriority')}
      </Button>
      <p className="q-quiet">{t('priorityHint', { points: perMinute })}</p>
    </form>
  )
  return (
    <Popover
      content={form}
      trigger="click"
      open={open}
      destroyOnHidden
      onOpenChange={(next) => {
        setPriority(item.priority)
        setOpen(next)
      }}
    >
      <Button size="small" aria-label={t('priorityOf', { customer })}>
        {t('setPriority')}
      </Button>
    </Popover>
  )
}
