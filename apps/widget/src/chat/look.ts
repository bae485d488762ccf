import type { WidgetConfig } from '@qiao/protocol/inbox'
import { readableOn, textOn } from '../shared/contrast.ts'

const grounds = { light: '#ffffff', dark: '#15191e' }

/** The company's colours, by CSSOM: a strict style-src forbids inline styles but not this. */
export function applyLook({ settings: { look } }: WidgetConfig): void {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const paint = (): void => {
    const theme = look.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : look.theme
    root.dataset['theme'] = theme
    root.style.setProperty('--qiao-brand', look.colour)
    root.style.setProperty('--qiao-on-brand', textOn(look.colour))
    root.style.setProperty('--qiao-accent', readableOn(look.colour, grounds[theme]))
    for (const [name, value] of Object.entries(look.variables)) root.style.setProperty(name, value)
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', look.colour)
  }
  paint()
  dark.addEventListener('change', paint)
}

/** Where a phone's keyboard covers the page instead of shrinking it, the chat shrinks itself. */
export function fitKeyboard(): void {
  const viewport = window.visualViewport
  if (!viewport) return
  const fit = (): void => {
    // Pinch zoom changes the visual viewport as well; it must not squeeze the chat.
    const height = viewport.scale > 1.01 ? '100dvh' : `${viewport.height}px`
    document.documentElement.style.setProperty('--qiao-height', height)
    if (viewport.scale <= 1.01) window.scrollTo(0, 0)
  }
  viewport.addEventListener('resize', fit)
  fit()
}
