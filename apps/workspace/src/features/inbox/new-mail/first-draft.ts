import { type FirstMailDraft, readFirstMailDraft, saveFirstMailDraft } from '@qiao/protocol'
import { call } from '../../../shared/api.ts'

/** A mail that is going to begin a conversation, and from which inbox. There is one for each agent. */
export type FirstDraft = Pick<FirstMailDraft, 'inboxId' | 'mail'>

export interface HeldDraft {
  /** Null: it was sent or deleted, which the server may not know yet. */
  draft: FirstDraft | null
  updatedAt: string
  /** The server has it: whatever the server says now is newer. */
  saved: boolean
}

/** Kept in this browser at once and on the server shortly after, for the agent's other devices. */
const keyOf = (agentId: string): string => `qiao.first-mail.${agentId}`
const saveAfterMs = 1000
let saving: ReturnType<typeof setTimeout> | undefined

export function localFirstDraft(agentId: string): HeldDraft | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    return JSON.parse(localStorage.getItem(keyOf(agentId)) ?? 'null') as HeldDraft | null
  } catch {
    return null
  }
}

function hold(agentId: string, held: HeldDraft): void {
  try {
    if (held.saved && held.draft === null) localStorage.removeItem(keyOf(agentId))
    else localStorage.setItem(keyOf(agentId), JSON.stringify(held))
  } catch {
    // Without storage the server's copy remains.
  }
}

/** What was saved and is gone from the server was sent or deleted on another device. */
export function newerFirstDraft(local: HeldDraft | null, remote: FirstMailDraft | null): 'local' | 'remote' {
  if (!local || local.saved) return 'remote'
  return remote && remote.updatedAt > local.updatedAt ? 'remote' : 'local'
}

export async function loadFirstDraft(agentId: string, signal: AbortSignal): Promise<FirstDraft | null> {
  const answer = await call(readFirstMailDraft, {}, { signal }).catch(() => null)
  const local = localFirstDraft(agentId)
  if (!answer) return local?.draft ?? null
  if (local && newerFirstDraft(local, answer.draft) === 'local') {
    // A save that failed, or that the closing of the page prevented, is made up for.
    if (saving === undefined) keepFirstDraft(agentId, local.draft, new Date(local.updatedAt))
    return local.draft
  }
  hold(agentId, { draft: answer.draft, updatedAt: answer.draft?.updatedAt ?? '', saved: true })
  return answer.draft
}

export function keepFirstDraft(agentId: string, draft: FirstDraft | null, now = new Date()): void {
  const held: HeldDraft = { draft, updatedAt: now.toISOString(), saved: false }
  hold(agentId, held)
  clearTimeout(saving)
  const save = async (): Promise<void> => {
    const body = { draft: draft && { inboxId: draft.inboxId, mail: draft.mail } }
    const saved = await call(saveFirstMailDraft, { body }).then(
      () => true,
      () => false,
    )
    // Somebody who typed on meanwhile has started the next one.
    if (saving !== timer) return
    saving = undefined
    if (saved) hold(agentId, { ...held, saved })
  }
  // What was sent must not come back on a page that is opened the next moment.
  const timer = setTimeout(() => void save(), draft === null ? 0 : saveAfterMs)
  saving = timer
}
