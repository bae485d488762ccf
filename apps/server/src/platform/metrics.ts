import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** From a fast in-process answer to one that somebody would complain about. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type Metrics = ReturnType<typeof createMetrics>

/** One registry for each server (not the library's global one), so that two servers in one test do not add up. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    connections: new Gauge({
      name: 'qiao_connections',
      help: 'Open realtime connections by kind (visitor, agent)',
      labelNames: ['kind'] as const,
      registers,
    }),
    entriesAppended: new Counter({
      name: 'qiao_entries_appended_total',
      help: 'Timeline entries committed by this process, by kind; message.received and message.sent are the messages',
      labelNames: ['kind'] as const,
      registers,
    }),
    appendSeconds: new Histogram({
      name: 'qiao_append_seconds',
      help: 'One flush: the transaction of all appends that came together',
      buckets: secondsBuckets,
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'qiao_http_seconds',
      help: 'HTTP requests by method, route pattern and status',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: secondsBuckets,
      registers,
    }),
    jobsWaiting: new Gauge({
      name: 'qiao_jobs_waiting',
      help: 'Jobs that are due and not yet done, by task',
      labelNames: ['task'] as const,
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'qiao_job_seconds',
      help: 'Duration of jobs by task and result (done, failed)',
      labelNames: ['task', 'result'] as const,
      buckets: secondsBuckets,
      registers,
    }),
  }
}
