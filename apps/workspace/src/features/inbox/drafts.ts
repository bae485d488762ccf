import { type OutputOf, readDraft, saveDraft } from '@qiao/protocol'
import { call } from '../../shared/api.ts'

export type Draft = NonNullable<OutputOf<typeof readDraft>['draft']>
export type DraftBody = Omit<Draft, 'updatedAt'>
export const emptyDraft: DraftBody = { text: '', mode: 'reply', replyToId: null }

/** Kept in this browser at once and on the server shortly after, for the agent's other devices. */
const keyOf = (agentId: string, conversationId: string): string => `qiao.draft.${agentId}.${conversationId}`
const saveAfterMs = 1000
const timers = new Map<string, ReturnType<typeof setTimeout>>()

export function localDraft(agentId: string, conversationId: string): Draft | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    return JSON.parse(localStorage.getItem(keyOf(agentId, conversationId)) ?? 'null') as Draft | null
  } catch {
    return null
  }
}

/** The newer of what two devices kept. Clocks of devices differ, so an equal text never counts as newer. */
export function newerDraft(local: Draft | null, remote: Draft | null): Draft | null {
  if (!local || !remote) return local ?? remote
  if (local.text === remote.text) return local
  return local.updatedAt >= remote.updatedAt ? local : remote
}

export async function loadDraft(agentId: string, conversationId: string, signal: AbortSignal): Promise<Draft | null> {
  const local = localDraft(agentId, conversationId)
  const remote = await call(readDraft, { params: { id: conversationId } }, { signal }).catch(() => null)
  return newerDraft(local, remote?.draft ?? null)
}

export function keepDraft(agentId: string, conversationId: string, body: DraftBody, now = new Date()): void {
  const key = keyOf(agentId, conversationId)
  try {
    if (body.text.trim() === '') localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ ...body, updatedAt: now.toISOString() }))
  } catch {
    // Without storage the server's copy remains.
  }
  clearTimeout(timers.get(conversationId))
  timers.set(
    conversationId,
    setTimeout(() => {
      timers.delete(conversationId)
      void call(saveDraft, { params: { id: conversationId }, body }).catch(() => undefined)
    }, saveAfterMs),
  )
}
