import type { PageSeen } from '../shared/bridge.ts'

/** The page that carries the chat: told by the loader, or this very page when it stands alone. */
let seen: PageSeen | null = null

export function setPage(page: PageSeen | null): void {
  seen = page
}

/** The number of the agent whom the page or the link names. */
let wanted = ''

export function setWantedAgent(number: string | null): void {
  wanted = number?.trim() ?? ''
}

/** With the first message. What cannot be a number is left out: the message counts. */
export const wantedAgent = (): { wantsAgent?: string } =>
  wanted !== '' && wanted.length <= 20 ? { wantsAgent: wanted } : {}

const isWeb = (url: string): boolean => /^https?:/.test(url) && url.length <= 2048

export function pageNow(): PageSeen | undefined {
  if (!seen || !isWeb(seen.url)) return undefined
  return {
    url: seen.url,
    ...(seen.title ? { title: seen.title.slice(0, 300) } : {}),
    ...(seen.referrer ? { referrer: seen.referrer.slice(0, 2048) } : {}),
  }
}

export function device() {
  return {
    userAgent: navigator.userAgent.slice(0, 500),
    language: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(navigator.language) ? navigator.language : undefined,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: `${screen.width}x${screen.height}`,
  }
}
