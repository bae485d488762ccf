import { uuidv7 } from 'uuidv7'
import type { QueueSettings } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'

/** A queue that nobody serves unless the settings say so: what waits there waits. */
export async function addQueue(db: Database, settings: Partial<QueueSettings> = {}): Promise<string> {
  const id = uuidv7()
  await db
    .insertInto('queues')
    .values({ id, name: `Queue ${id}`, settings: JSON.stringify(settings), created_at: new Date() })
    .execute()
  return id
}
