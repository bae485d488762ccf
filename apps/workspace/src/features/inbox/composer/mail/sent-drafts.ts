import type { MailDraft } from '@qiao/protocol'

/** As they were when "Send" was pressed, by the scheduled reply: undoing gives back exactly what was there. */
const storageKey = 'qiao.mails-sent'
const most = 20

type Kept = [string, MailDraft][]

function all(): Kept {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    return JSON.parse(localStorage.getItem(storageKey) ?? '[]') as Kept
  } catch {
    return []
  }
}

function keep(kept: Kept): void {
  try {
    if (kept.length === 0) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, JSON.stringify(kept.slice(-most)))
  } catch {
    // The server's copy remains.
  }
}

export const sentDraft = (id: string): MailDraft | undefined => all().find(([each]) => each === id)?.[1]
export const forgetSent = (id: string): void => keep(all().filter(([each]) => each !== id))
export const rememberSent = (id: string, mail: MailDraft): void =>
  keep([...all().filter(([each]) => each !== id), [id, mail]])
