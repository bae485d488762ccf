import type { Problem } from '@qiao/channels'
import type { Database } from '#platform/database/connect'

/** The last trouble of an account, for its status page. */
export async function recordProblem(db: Database, inboxId: string, problem: Problem, now: Date): Promise<void> {
  await db
    .updateTable('channel_accounts')
    .set({ last_problem: JSON.stringify(problem), last_problem_at: now })
    .where('inbox_id', '=', inboxId)
    .execute()
}

/** Whatever it was, it works now. */
export async function forgetProblem(db: Database, inboxId: string): Promise<void> {
  await db
    .updateTable('channel_accounts')
    .set({ last_problem: null, last_problem_at: null })
    .where('inbox_id', '=', inboxId)
    .execute()
}
