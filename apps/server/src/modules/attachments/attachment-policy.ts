import type { AttachmentKind } from '@qiao/protocol/content'
import { fileTypes, type FileTypeName } from './file-types.ts'

/** What an inbox accepts (its settings); the list of file types is the same for all. */
export type AttachmentPolicy = {
  kinds: readonly AttachmentKind[]
  maxBytes: number
  /** What is on no list is kept as well, to be saved only; but no programs. */
  takesOthers?: true
}

export type PolicyRefusal = 'attachment-kind-refused' | 'attachment-too-large'

export function policyRefusal(
  policy: AttachmentPolicy,
  found: { type: FileTypeName | null; bytes: number },
): PolicyRefusal | null {
  if (found.bytes > policy.maxBytes) return 'attachment-too-large'
  if (found.type === null || !policy.kinds.includes(fileTypes[found.type].kind)) return 'attachment-kind-refused'
  return null
}
