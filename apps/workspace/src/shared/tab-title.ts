import faviconUrl from './favicon.svg'

/** The title and icon of the tab while something waits: the words alternate with the title, the icon gets a dot. */
const icon = (dot: boolean): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f6feb"/><path d="M5 21h22M8 21c0-5 3.6-9 8-9s8 4 8 9M16 12v9M11.5 14v7M20.5 14v7" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>${dot ? '<circle cx="24" cy="8" r="8" fill="#fff"/><circle cx="24" cy="8" r="6.5" fill="#d92d20"/>' : ''}</svg>`,
  )}`

let timer: ReturnType<typeof setInterval> | undefined

function setIcon(href: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  // By the attribute: the property is the whole address, and each that is set is fetched and drawn anew.
  if (link && link.getAttribute('href') !== href) link.href = href
}

export function showInTitle(words: string, base: string): void {
  clearInterval(timer)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  let on = true
  const draw = (): void => {
    document.title = on ? words : base
    setIcon(icon(on))
    if (!still) on = !on
  }
  draw()
  timer = setInterval(draw, 1000)
}

export function clearTitle(base: string): void {
  clearInterval(timer)
  document.title = base
  setIcon(faviconUrl)
}
