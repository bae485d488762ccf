import { lazy, Suspense } from 'react'
import { part } from '../../../../shared/part.ts'
import type { InsertPanelProps } from './insert-panel.tsx'

const InsertPanel = lazy(part(() => import('./insert-panel.tsx').then((module) => ({ default: module.InsertPanel }))))

/** Fetched when somebody first puts something together. */
export const InsertPart = (props: InsertPanelProps) => (
  <Suspense fallback={<div className="q-insert" />}>
    <InsertPanel {...props} />
  </Suspense>
)
