import { z } from 'zod'
import { defineJob, type Job } from '#platform/jobs/jobs'
import type { Access } from './access.ts'
import { purgeExpiredAccess } from './purge-expired-access.ts'

export const accessJobs = ({ db, clock }: Access): Job[] => [
  defineJob({
    name: 'purge-expired-access',
    payload: z.object({}).loose(),
    every: '41 3 * * *',
    run: () => purgeExpiredAccess(db, clock.now()),
  }),
]
