import { useSyncExternalStore } from 'react'
import { type Language, setLanguage } from './i18n.ts'

/**
 * Look and language of this browser. Preferences of the signed-in agent are copied here (`session.ts`), so that the
 * next start and the sign-in page look the same before anybody is known.
 */
export interface Appearance {
  language: Language
  theme: 'system' | 'light' | 'dark'
  density: 'comfortable' | 'compact'
}

const key = 'qiao.appearance'
const listeners = new Set<() => void>()
const darkQuery = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null

const load = (): Appearance => {
  const guessed: Language = typeof navigator !== 'undefined' && !navigator.language.startsWith('zh') ? 'en' : 'zh-CN'
  const start: Appearance = { language: guessed, theme: 'system', density: 'comfortable' }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    return { ...start, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Appearance>) }
  } catch {
    return start
  }
}

let current = load()
export const isDark = (): boolean =>
  current.theme === 'dark' || (current.theme === 'system' && (darkQuery?.matches ?? false))

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light'
  document.documentElement.dataset['density'] = current.density
  document.documentElement.style.colorScheme = isDark() ? 'dark' : 'light'
  setLanguage(current.language)
  for (const listener of listeners) listener()
}

export function setAppearance(change: Partial<Appearance>): void {
  const next = { ...current, ...change }
  if (next.language === current.language && next.theme === current.theme && next.density === current.density) return
  current = next
  try {
    localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // Private windows may refuse; the look then lasts as long as the page.
  }
  apply()
}

export function startAppearance(): void {
  apply()
  darkQuery?.addEventListener('change', apply)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => current)
export const useDark = (): boolean => useSyncExternalStore(subscribe, isDark)
