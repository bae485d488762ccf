import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { hashToken } from '../crypto.ts'
import { AppError } from '../errors.ts'
import { countWaitingJobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'

interface HealthOptions {
  pool: pg.Pool
  metrics: Metrics
  /** QIAO_METRICS_TOKEN. Without one there are no metrics: whoever reads them learns how a company's days go. */
  metricsToken: string | undefined
}

/** `/healthz`: the process lives. `/readyz`: it can serve. Both tell nothing else. `/metrics`: Prometheus. */
export function serveHealth(app: FastifyInstance, { pool, metrics, metricsToken }: HealthOptions): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.status(503).send({ status: 'database unreachable' })
    }
  })
  if (metricsToken === undefined) return
  const wanted = hashToken(`Bearer ${metricsToken}`)
  app.get('/metrics', async (request, reply) => {
    // Hashes are of one length, so that comparing takes the same time whatever was sent.
    if (!timingSafeEqual(hashToken(request.headers.authorization ?? ''), wanted)) throw new AppError('not-signed-in')
    metrics.jobsWaiting.reset()
    for (const { task, count } of await countWaitingJobs(pool)) metrics.jobsWaiting.set({ task }, count)
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
