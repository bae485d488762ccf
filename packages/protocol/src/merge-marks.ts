import type { Marks } from './conversation.ts'

export const mergeMarks = (a: Marks, b: Marks): Marks => ({
  contactDeliveredSeq: Math.max(a.contactDeliveredSeq, b.contactDeliveredSeq),
  contactReadSeq: Math.max(a.contactReadSeq, b.contactReadSeq),
  agentReadSeq: Math.max(a.agentReadSeq, b.agentReadSeq),
})
