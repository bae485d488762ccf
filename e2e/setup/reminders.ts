import type { Page } from '@playwright/test'

/** What the browser was asked to play and show; it still does both. */
export interface Reminded {
  /** Hertz of each tone, in turn. */
  tones: number[]
  shown: { title: string; body: string; closed: boolean }[]
}

/** Before the page is opened: notes what it asks of the browser, lets time be put forward, and lets the tab be hidden. */
export async function watchReminders(page: Page) {
  await page.context().grantPermissions(['notifications'])
  await page.clock.install()
  await page.addInitScript(() => {
    const reminded: Reminded = { tones: [], shown: [] }
    const notifications: Notification[] = []
    window.AudioContext = class extends AudioContext {
      override createOscillator(): OscillatorNode {
        const tone = super.createOscillator()
        const start = tone.start.bind(tone)
        tone.start = (when) => {
          reminded.tones.push(tone.frequency.value)
          start(when)
        }
        return tone
      }
    }
    window.Notification = class extends Notification {
      // A browser without windows says "denied", whatever it was granted.
      static override readonly permission = 'granted'
      readonly #told: Reminded['shown'][number]
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        this.#told = { title, body: options?.body ?? '', closed: false }
        reminded.shown.push(this.#told)
        notifications.push(this)
      }
      override close(): void {
        this.#told.closed = true
        super.close()
      }
    }
    let visibility: DocumentVisibilityState = 'visible'
    Object.defineProperty(document, 'visibilityState', { get: () => visibility })
    Object.assign(window, {
      qiaoReminded: {
        read: () => reminded,
        press: () => notifications.at(-1)?.dispatchEvent(new Event('click')),
        setVisibility: (next: DocumentVisibilityState) => {
          visibility = next
          document.dispatchEvent(new Event('visibilitychange'))
        },
      },
    })
  })
  return {
    read: () => page.evaluate(() => window.qiaoReminded.read()),
    press: () => page.evaluate(() => window.qiaoReminded.press()),
    setVisibility: (next: DocumentVisibilityState) =>
      page.evaluate((state) => window.qiaoReminded.setVisibility(state), next),
  }
}

declare global {
  interface Window {
    qiaoReminded: {
      read: () => Reminded
      press: () => void
      setVisibility: (next: DocumentVisibilityState) => void
    }
  }
}
