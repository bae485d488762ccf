import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { countWaitingJobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'

/** `/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: Prometheus. */
export function serveHealth(app: FastifyInstance, { pool, metrics }: { pool: pg.Pool; metrics: Metrics }): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.status(503).send({ status: 'database unreachable' })
    }
  })
  app.get('/metrics', async (_request, reply) => {
    metrics.jobsWaiting.reset()
    for (const { task, count } of await countWaitingJobs(pool)) metrics.jobsWaiting.set({ task }, count)
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
