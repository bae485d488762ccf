/** On a phone the open chat is the whole screen: the page behind rests, and the keyboard must not cover the chat. */
const small = (): boolean => matchMedia('(max-width:480px),(max-height:480px)').matches

/** `frame` holds the chat, `host` is our only element in the page. Gives back a function that lets the page go. */
export function holdPage(frame: HTMLElement, host: HTMLElement): () => void {
  const page = document.documentElement
  const { overflow } = page.style
  const viewport = window.visualViewport
  const resting = [...document.body.children].filter((element) => element !== host && !element.hasAttribute('inert'))
  const fit = (): void => {
    const full = small()
    page.style.overflow = full ? 'hidden' : overflow
    frame.style.height = full && viewport ? `${viewport.height}px` : ''
    frame.style.transform = full && viewport?.offsetTop ? `translateY(${viewport.offsetTop}px)` : ''
    // What cannot be seen cannot be reached by Tab or by a screen reader either.
    for (const element of resting) element.toggleAttribute('inert', full)
  }
  fit()
  const events = ['resize', 'scroll']
  for (const name of events) viewport?.addEventListener(name, fit)
  return () => {
    for (const name of events) viewport?.removeEventListener(name, fit)
    for (const element of resting) element.removeAttribute('inert')
    page.style.overflow = overflow
  }
}
