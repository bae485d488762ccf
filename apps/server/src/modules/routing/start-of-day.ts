import type { Queryable } from './work-item-row.ts'

/** Midnight in the organisation's time zone. */
export async function startOfDay(client: Queryable, now: Date): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>(
    `select date_trunc('day', $1::timestamptz at time zone time_zone) at time zone time_zone as at from organisation`,
    [now],
  )
  return rows[0]?.at ?? now
}
