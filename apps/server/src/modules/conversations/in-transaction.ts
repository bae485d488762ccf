import type pg from 'pg'

export interface Transaction {
  client: pg.PoolClient
  /** Of statements that are on their way: the commit is sent behind them at once, and holds only if none has failed. */
  later: (sent: Promise<unknown>) => void
}

/** Its statements are looked up by keys alone, whose plan does not depend on their values. */
export const withoutPlanning = 'begin; set local plan_cache_mode = force_generic_plan'

export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, transaction: Transaction) => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  const client = await pool.connect()
  const sent: Promise<unknown>[] = []
  const later = (statement: Promise<unknown>): void => {
    statement.catch(() => undefined)
    sent.push(statement)
  }
  let broken: Error | undefined
  try {
    // Not awaited: PostgreSQL gets it together with the first statement's turn, one wait less.
    later(client.query(begin))
    const result = await work(client, { client, later })
    // Behind a statement that failed, PostgreSQL answers a commit by rolling back.
    later(client.query('commit'))
    await Promise.all(sent)
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure))
    })
    throw await firstFailure(sent, error)
  } finally {
    client.release(broken)
  }
}

/** Later statements only tell that the transaction had failed before them. */
async function firstFailure(sent: readonly Promise<unknown>[], otherwise: unknown): Promise<unknown> {
  for (const settled of await Promise.allSettled(sent)) if (settled.status === 'rejected') return settled.reason
  return otherwise
}
