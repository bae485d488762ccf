import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { openDatabase } from '../database/connect.ts'
import { createLog } from '../log.ts'
import { defineJob, startWorker } from './jobs.ts'

/** A worker as a process of its own, for the tests that kill it: `node worker-process.ts DATABASE_URL MARKER_FILE`. */
const [url = '', marker = ''] = process.argv.slice(2)
const log = createLog({ level: 'error' })
const { pool } = await openDatabase({ url, poolSize: 4, applicationName: 'qiao-test-worker', log })
await startWorker({
  pool,
  log,
  jobs: [
    defineJob({
      name: 'slow',
      payload: z.object({}).loose(),
      run: () => {
        writeFileSync(marker, 'started')
        return new Promise(() => undefined)
      },
    }),
  ],
})
