import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('two servers in one process count apart', async () => {
  const first = createMetrics()
  const second = createMetrics()
  first.connections.set({ kind: 'visitor' }, 3)
  first.httpSeconds.observe({ method: 'GET', route: '/healthz', status: '200' }, 0.002)
  const text = await first.registry.metrics()
  expect(text).toContain('qiao_connections{kind="visitor"} 3')
  expect(text).toContain('qiao_http_seconds_bucket{le="0.0025",method="GET",route="/healthz",status="200"} 1')
  expect(text).toContain('process_resident_memory_bytes')
  expect(await second.registry.metrics()).not.toContain('kind="visitor"')
})
