import { Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { keyText } from './commands.ts'
import './tip.css'

interface TipProps {
  title: string
  keys?: string
  /** Where it would cover what has to be read. */
  below?: boolean
  children: ReactElement
}

/** A tooltip that also shows the key. */
export function Tip({ title, keys, below = false, children }: TipProps) {
  const content = keys ? (
    <span>
      {title} <kbd className="q-kbd">{keyText(keys)}</kbd>
    </span>
  ) : (
    title
  )
  return (
    <Tooltip title={content} placement={below ? 'bottom' : 'top'} mouseEnterDelay={0.4}>
      {children}
    </Tooltip>
  )
}
