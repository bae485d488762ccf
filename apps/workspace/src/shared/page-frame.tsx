import type { ReactNode } from 'react'
import './page-frame.css'

interface PageFrameProps {
  title: string
  intro?: ReactNode
  actions?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** A page of settings: heading, one sentence of purpose, what can be done, content. */
export function PageFrame({ title, intro, actions, wide, children }: PageFrameProps) {
  return (
    <main className={wide ? 'q-frame q-frame-wide' : 'q-frame'}>
      <title>{`${title} · Qiao`}</title>
      <header className="q-frame-head">
        <div>
          <h1>{title}</h1>
          {intro ? <p className="q-frame-intro">{intro}</p> : null}
        </div>
        {actions ? <div className="q-frame-actions">{actions}</div> : null}
      </header>
      {children}
    </main>
  )
}

interface SectionProps {
  title?: string
  hint?: ReactNode
  /** What can be done with it, across from the title. */
  actions?: ReactNode
  /** Stands below something else than a section. */
  apart?: boolean
  children: ReactNode
}

export function Section({ title, hint, actions, apart, children }: SectionProps) {
  return (
    <section className={apart ? 'q-section q-section-apart' : 'q-section'} aria-label={title}>
      {title ? (
        <div className="q-section-head">
          <h2>{title}</h2>
          {actions}
        </div>
      ) : null}
      {hint ? <p className="q-section-hint">{hint}</p> : null}
      {children}
    </section>
  )
}
