/** On a phone the open chat is the whole screen: the page behind must not scroll, and the keyboard must not cover it. */
const small = (): boolean => matchMedia('(max-width:480px),(max-height:480px)').matches

export function holdPage(frame: HTMLElement): () => void {
  const page = document.documentElement
  const { overflow } = page.style
  const viewport = window.visualViewport
  const fit = (): void => {
    const full = small()
    page.style.overflow = full ? 'hidden' : overflow
    frame.style.height = full && viewport ? `${viewport.height}px` : ''
    frame.style.transform = full && viewport ? `translateY(${viewport.offsetTop}px)` : ''
  }
  fit()
  const events = ['resize', 'scroll']
  for (const name of events) viewport?.addEventListener(name, fit)
  return () => {
    for (const name of events) viewport?.removeEventListener(name, fit)
    page.style.overflow = overflow
  }
}
