import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database } from './connect.ts'

/** The query builder on a connection that is held already: what it does belongs to that connection's transaction. */
export const onClient = (client: pg.PoolClient): Database =>
  new Kysely({
    dialect: new PostgresDialect({
      pool: {
        options: {},
        connect: async () => ({
          query: client.query.bind(client),
          // It is not ours to give back.
          release: () => undefined,
        }),
        end: async () => undefined,
      },
    }),
  })
