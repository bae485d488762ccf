import {
  type DispositionCode,
  type ReasonCode,
  createDispositionCode,
  createReasonCode,
  deleteDispositionCode,
  deleteReasonCode,
  updateDispositionCode,
  updateReasonCode,
} from '@qiao/protocol'
import { call } from '../../../shared/api.ts'

export const codeKinds = ['break', 'decline', 'disposition'] as const
export type CodeKind = (typeof codeKinds)[number]

/** Reasons and outcomes are edited alike. */
export interface Code {
  id: string
  names: ReasonCode['names']
  queueIds: string[]
}

export function codesOf(
  kind: CodeKind,
  { reasons, dispositions }: { reasons: readonly ReasonCode[]; dispositions: readonly DispositionCode[] },
): Code[] {
  if (kind === 'disposition') return [...dispositions]
  return reasons.filter((reason) => reason.kind === kind).map(({ id, names }) => ({ id, names, queueIds: [] }))
}

export function saveCode(kind: CodeKind, id: string | null, { names, queueIds }: Omit<Code, 'id'>): Promise<unknown> {
  if (kind === 'disposition') {
    const body = { names, queueIds }
    return id === null ? call(createDispositionCode, { body }) : call(updateDispositionCode, { params: { id }, body })
  }
  const body = { kind, names }
  return id === null ? call(createReasonCode, { body }) : call(updateReasonCode, { params: { id }, body })
}

export const retireCode = (kind: CodeKind, id: string): Promise<unknown> =>
  call(kind === 'disposition' ? deleteDispositionCode : deleteReasonCode, { params: { id } })
