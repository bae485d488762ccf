import { z } from 'zod'
import { defineJob, type Job } from '#platform/jobs/jobs'
import type { ConversationDeps } from './conversation-deps.ts'
import { tendSilentConversations, wakeDueConversations } from './tend-silence.ts'

/** Times that pass by themselves are looked after once a minute; each step is idempotent by its client key. */
export const conversationJobs = (deps: ConversationDeps): Job[] => [
  defineJob({
    name: 'wake-due-conversations',
    payload: z.object({}).loose(),
    every: '* * * * *',
    run: () => wakeDueConversations(deps),
  }),
  defineJob({
    name: 'tend-silent-conversations',
    payload: z.object({}).loose(),
    every: '* * * * *',
    run: () => tendSilentConversations(deps),
  }),
]
