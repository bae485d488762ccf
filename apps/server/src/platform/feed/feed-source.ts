import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** How far a feed has been read: rows of one transaction are told apart by a uuid and a number. */
export interface Position {
  transaction_id: string
  conversation_id: string
  seq: number
}

/** A table whose rows are written once and keep the id of the transaction that wrote them. */
export interface FeedSource<Item> {
  table: string
  /** The first half is what the table's index serves. */
  beyond: (at: Position) => RawBuilder<boolean>
  read: (tx: Database, where: RawBuilder<boolean>, limit: number) => Promise<{ item: Item; position: Position }[]>
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what `columns` gives
export function feedSource<Row, Item>(options: {
  table: string
  columns: string
  /** The uuid and the number, as SQL. */
  order: readonly [string, string]
  toItem: (row: Row) => Item
}): FeedSource<Item> {
  const [group, number] = options.order.map((part) => sql.raw(part))
  return {
    table: options.table,
    beyond: (at) => sql<boolean>`(transaction_id >= ${at.transaction_id}::xid8
      and (transaction_id, ${group}, ${number}) > (${at.transaction_id}::xid8, ${at.conversation_id}::uuid, ${at.seq}::int))`,
    async read(tx, where, limit) {
      const { rows } = await sql<Row & { feed_transaction: string; feed_group: string; feed_number: number }>`
        select ${sql.raw(options.columns)}, transaction_id as feed_transaction, ${group} as feed_group,
          ${number} as feed_number from ${sql.table(options.table)}
        where ${where} order by transaction_id, ${group}, ${number} limit ${limit}`.execute(tx)
      return rows.map((row) => ({
        item: options.toItem(row),
        position: { transaction_id: row.feed_transaction, conversation_id: row.feed_group, seq: row.feed_number },
      }))
    },
  }
}
