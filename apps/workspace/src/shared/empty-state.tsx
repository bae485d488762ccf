import type { ReactNode } from 'react'
import './states.css'

export function EmptyState({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="q-state">
      <p className="q-state-title">{title}</p>
      {hint ? <p className="q-state-hint">{hint}</p> : null}
      {action}
    </div>
  )
}
