import type { Marks } from './conversation.ts'

export const mergeMarks = (a: Marks, b: Marks): Marks => ({
  ...(a.sentSeq === undefined && b.sentSeq === undefined ? {} : { sentSeq: Math.max(a.sentSeq ?? 0, b.sentSeq ?? 0) }),
  contactDeliveredSeq: Math.max(a.contactDeliveredSeq, b.contactDeliveredSeq),
  contactReadSeq: Math.max(a.contactReadSeq, b.contactReadSeq),
  agentReadSeq: Math.max(a.agentReadSeq, b.agentReadSeq),
})
