import { type OutputOf, readDraft, saveDraft } from '@qiao/protocol'
import { call } from '../../shared/api.ts'
import { sameInsert } from './composer/insert/kept-insert.ts'

export type Draft = NonNullable<OutputOf<typeof readDraft>['draft']>
export type DraftBody = Omit<Draft, 'updatedAt'>
export const emptyDraft: DraftBody = { text: '', mode: 'reply', replyToId: null, whisper: '', mail: null, insert: null }
const saysNothing = ({ text, whisper, mail, insert }: DraftBody): boolean =>
  text.trim() === '' && whisper.trim() === '' && mail === null && insert === null

/** Kept in this browser at once and on the server shortly after, for the agent's other devices. */
const keyOf = (agentId: string, conversationId: string): string => `qiao.draft.${agentId}.${conversationId}`
const saveAfterMs = 1000
/** On their way to the server: until then what it answers is old. */
const saving = new Map<string, ReturnType<typeof setTimeout>>()

export interface LocalDraft extends Draft {
  /** The server has it: whatever the server says now is newer. */
  saved?: boolean
}

export function localDraft(agentId: string, conversationId: string): LocalDraft | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    const held = JSON.parse(localStorage.getItem(keyOf(agentId, conversationId)) ?? 'null') as LocalDraft | null
    return held && { ...emptyDraft, ...held }
  } catch {
    return null
  }
}

function holdLocally(agentId: string, conversationId: string, draft: LocalDraft | null): void {
  const key = keyOf(agentId, conversationId)
  try {
    // An empty one is held until the server knows that nothing is left.
    if (draft === null || (draft.saved && saysNothing(draft))) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Without storage the server's copy remains.
  }
}

export const sameWords = (a: DraftBody, b: DraftBody): boolean =>
  a.text === b.text && a.whisper === b.whisper && sameMail(a.mail, b.mail) && sameInsert(a.insert, b.insert)
const sameMail = (a: DraftBody['mail'], b: DraftBody['mail']): boolean =>
  // The order in which the fields were kept is of no matter: what differs beside the words is not worth losing any.
  a === b || (a !== null && b !== null && a.html === b.html && a.subject === b.subject)

/**
 * The newer of what two devices kept. What was saved and is gone from the server was sent or deleted on another device:
 * to show it again would be to send it twice.
 */
export function newerDraft(local: LocalDraft | null, remote: Draft | null): Draft | null {
  if (!local || local.saved) return remote
  if (!remote || sameWords(local, remote)) return local
  return local.updatedAt >= remote.updatedAt ? local : remote
}

export async function loadDraft(agentId: string, conversationId: string, signal: AbortSignal): Promise<DraftBody> {
  const local = localDraft(agentId, conversationId)
  if (saving.has(conversationId)) return local ?? emptyDraft
  const answer = await call(readDraft, { params: { id: conversationId } }, { signal }).catch(() => null)
  if (!answer) return local ?? emptyDraft
  const newer = newerDraft(local, answer.draft)
  if (newer === local) {
    // A save that failed, or that the closing of the page prevented, is made up for.
    if (local) keepDraft(agentId, conversationId, local, new Date(local.updatedAt))
  } else holdLocally(agentId, conversationId, newer && { ...newer, saved: true })
  return newer ?? emptyDraft
}

export function keepDraft(agentId: string, conversationId: string, body: DraftBody, now = new Date()): void {
  const { text, mode, replyToId, whisper, mail, insert } = body
  const kept = { text, mode, replyToId, whisper, mail, insert }
  const held: LocalDraft = { ...kept, updatedAt: now.toISOString() }
  holdLocally(agentId, conversationId, held)
  clearTimeout(saving.get(conversationId))
  const save = async (): Promise<void> => {
    const saved = await call(saveDraft, { params: { id: conversationId }, body: kept }).then(
      () => true,
      () => false,
    )
    // Somebody who typed on meanwhile has started the next one.
    if (saving.get(conversationId) !== timer) return
    saving.delete(conversationId)
    if (saved) holdLocally(agentId, conversationId, { ...held, saved })
  }
  // What was sent must not come back on a page that is opened the next moment.
  const timer = setTimeout(() => void save(), saysNothing(kept) ? 0 : saveAfterMs)
  saving.set(conversationId, timer)
}
