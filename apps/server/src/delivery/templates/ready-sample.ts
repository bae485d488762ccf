import { setTimeout as sleep } from 'node:timers/promises'
import type { TemplateDraft } from '@qiao/protocol'
import { mustBeUploadedBy } from '#attachments'
import { AppError } from '#platform/errors'
import type { ChannelDeps } from '../channel-deps.ts'

const [tries, betweenMs] = [60, 250]

/** The file that a draft shows the reviewers: whose draft it is has uploaded it. Pictures are withheld until they are cleaned. */
export async function readySample(deps: ChannelDeps, { head }: TemplateDraft, agentId: string): Promise<void> {
  if (!head || !('attachmentId' in head)) return
  const ids = [head.attachmentId]
  await mustBeUploadedBy(deps.db, ids, { agentId })
  for (let tried = 0; tried < tries; tried += 1) {
    const [file] = await deps.attachments.find(ids)
    if (file?.state !== 'processing') return
    await sleep(betweenMs)
  }
  throw new AppError('attachment-not-ready')
}
