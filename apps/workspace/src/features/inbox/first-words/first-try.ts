import { newClientKey } from '../../../shared/client-key.ts'

/** Holds `<key> <what is sent>`; a key has no space. */
const storageKey = 'qiao.first-try'

/**
 * The same words to the same person are one message, however often they are sent for want of an answer: after the window was
 * closed and the page was loaded anew, too.
 */
export function keyOfTry(of: string): string {
  const [last, ...rest] = (sessionStorage.getItem(storageKey) ?? '').split(' ')
  if (last && rest.join(' ') === of) return last
  const key = newClientKey()
  sessionStorage.setItem(storageKey, `${key} ${of}`)
  return key
}

/** It was answered: the same words again are another message. */
export const endTry = (): void => sessionStorage.removeItem(storageKey)
