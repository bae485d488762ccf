import { createStore } from '../../../shared/store.ts'

/** Whether a new mail is being written: a button, a key, or taking one back opens it. */
export const newMailStore = createStore<{ open: boolean }>({ open: false })
export const writeNewMail = (): void => newMailStore.set({ open: true })
export const putNewMailAway = (): void => newMailStore.set({ open: false })
