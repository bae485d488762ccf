import type { WidgetConfig } from '@qiao/protocol/inbox'
import { textOn } from '../shared/contrast.ts'
import { styles } from './styles.ts'

/** What a screen reader calls the button, where the company gave it no words. */
const names: Record<string, string> = {
  zh: '在线客服',
  ja: 'チャット',
  ko: '채팅',
  ru: 'Чат',
  ar: 'محادثة',
  vi: 'Trò chuyện',
}

const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = ''): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  element.className = className
  return element
}

/** Drawn through the DOM: a page that forbids HTML from strings (Trusted Types) must not stop it. */
function bubbleIcon(): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', 'M21 11.5a8.4 8.4 0 01-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1121 11.5z')
  svg.append(path)
  return svg
}

function addStyles(root: ShadowRoot): void {
  try {
    // Built sheets are allowed by any style-src, a style element is not.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const element = make('style')
    element.textContent = styles
    root.append(element)
  }
}

export function createLauncher(
  { settings: { look } }: WidgetConfig,
  language: string,
  title: string,
  onToggle: () => void,
) {
  const host = make('div')
  const root = host.attachShadow({ mode: 'open' })
  addStyles(root)
  const frame = make('div', 'f')
  const teaser = make('div', 'p')
  const teaserText = make('button', 'm')
  const dismiss = make('button', 'x')
  const button = make('button', 'b')
  const badge = make('span', 'n')
  const box = make('div', look.position)

  host.style.setProperty('--c', look.colour)
  host.style.setProperty('--t', textOn(look.colour))
  host.style.setProperty('--r', look.variables['--qiao-radius'] ?? '')
  // In a right-to-left page "right" still means the right side.
  box.dir = 'ltr'
  button.type = teaserText.type = dismiss.type = 'button'
  button.setAttribute('aria-label', look.launcherText || (names[language.slice(0, 2)] ?? 'Chat'))
  button.setAttribute('aria-expanded', 'false')
  button.append(bubbleIcon(), look.launcherText, badge)
  for (const pressed of [button, teaserText]) pressed.addEventListener('click', onToggle)
  teaserText.dir = 'auto'
  dismiss.textContent = '✕'
  dismiss.setAttribute('aria-label', '✕')
  const hideTeaser = (): void => {
    teaser.hidden = true
  }
  dismiss.addEventListener('click', hideTeaser)
  frame.setAttribute('role', 'dialog')
  frame.setAttribute('aria-label', title)
  badge.hidden = teaser.hidden = frame.hidden = true
  teaser.setAttribute('role', 'status')
  teaser.append(teaserText, dismiss)
  box.append(frame, teaser, button)
  root.append(box)
  document.body.append(host)

  return {
    host,
    frame,
    button,
    tease(text: string) {
      teaserText.textContent = text
      teaser.hidden = false
    },
    setUnread(count: number) {
      badge.hidden = count === 0
      badge.textContent = count > 99 ? '99+' : String(count)
    },
    setOpen(open: boolean) {
      frame.hidden = !open
      hideTeaser()
      box.classList.toggle('open', open)
      button.setAttribute('aria-expanded', String(open))
    },
    setShown(shown: boolean) {
      host.hidden = !shown
      host.style.display = shown ? '' : 'none'
    },
  }
}
