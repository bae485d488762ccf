import { Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { keyText } from './commands.ts'
import './tip.css'

/** A tooltip that also shows the key. */
export function Tip({ title, keys, children }: { title: string; keys?: string; children: ReactElement }) {
  const content = keys ? (
    <span>
      {title} <kbd className="q-kbd">{keyText(keys)}</kbd>
    </span>
  ) : (
    title
  )
  return (
    <Tooltip title={content} mouseEnterDelay={0.4}>
      {children}
    </Tooltip>
  )
}
