import { createStore, useStore } from '../../../shared/store.ts'

export type MailLook = 'plain' | 'formatted'
const storageKey = 'qiao.mail-look'

function kept(): MailLook {
  try {
    return localStorage.getItem(storageKey) === 'formatted' ? 'formatted' : 'plain'
  } catch {
    return 'plain'
  }
}

const store = createStore<MailLook | null>(null)

/** How this agent reads mails; the next one begins as the last was left. */
export const usePreferredLook = (): MailLook => useStore(store) ?? kept()

export function preferLook(look: MailLook): void {
  store.set(look)
  try {
    localStorage.setItem(storageKey, look)
  } catch {
    // Then it lasts until the page is closed.
  }
}
