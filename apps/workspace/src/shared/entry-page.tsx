import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { setAppearance, useAppearance } from './appearance.ts'
import { type Language, languages } from './i18n.ts'
import './entry-page.css'

const names: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--q-accent)" />
      <path
        d="M4 16h16M6.500 16a5.500 5.500 0 0 1 11 0"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}

/** The frame of pages before sign-in: one card, and the language, because nobody is known yet. */
export function EntryPage({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  const { language } = useAppearance()
  const card = useRef<HTMLDivElement>(null)
  // The one thing to do here is to type; on touch screens a keyboard that springs up would hide what to type.
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) card.current?.querySelector<HTMLElement>('input:not([hidden])')?.focus()
  }, [])
  return (
    <main className="q-entry">
      <title>{`${title} · Qiao`}</title>
      <div className="q-entry-card" ref={card}>
        <div className="q-entry-brand">
          <Mark />
          <span>桥 Qiao</span>
        </div>
        <h1>{title}</h1>
        {intro ? <p className="q-entry-intro">{intro}</p> : null}
        {children}
      </div>
      <fieldset className="q-entry-foot" aria-label="语言 Language">
        {languages.map((one) => (
          <Button
            key={one}
            type="text"
            size="small"
            lang={one}
            aria-pressed={one === language}
            onClick={() => setAppearance({ language: one })}
          >
            {names[one]}
          </Button>
        ))}
      </fieldset>
    </main>
  )
}
