import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { id, instant } from '../primitives.ts'
import { queueSettings } from '../routing.ts'

const tag = 'Routing settings'

/** One figure over several seeds: its mean and the interval in which the true mean lies with 95 %. */
export const figure = z.object({ mean: z.number(), low: z.number(), high: z.number() })

const report = z.object({
  offered: figure,
  serviceLevel: figure,
  asaSeconds: figure,
  p90WaitSeconds: figure,
  abandonment: figure,
  occupancy: figure,
  intervals: z.array(
    z.object({
      minute: z.number(),
      offered: z.number(),
      serviceLevel: z.number(),
      waitSeconds: z.number(),
      staffed: z.number(),
    }),
  ),
})
export type SimulationReport = z.infer<typeof report>

/**
 * Either last week's arrivals of a queue or a process; the present settings and staffing beside changed ones. Staffing is
 * in agents per half hour of a day that begins at midnight in the organisation's time zone.
 */
export const simulateQueue = endpoint({
  method: 'POST',
  path: '/api/v1/routing/simulations',
  access: 'routing.supervise',
  tag,
  summary: 'Replay arrivals against changed settings or staffing',
  body: z.object({
    queueId: id,
    arrivals: z.discriminatedUnion('from', [
      z.object({ from: z.literal('history'), since: instant, until: instant }),
      z.object({
        from: z.literal('process'),
        perHour: z.array(z.number().min(0).max(10_000)).length(24),
        handleSeconds: z.number().min(1).max(86_400),
        patienceSeconds: z.number().min(1).max(86_400).nullable(),
      }),
    ]),
    staffing: z.array(z.number().int().min(0).max(500)).length(48),
    changed: z.object({
      staffing: z.array(z.number().int().min(0).max(500)).length(48).optional(),
      concurrency: z.number().int().min(1).max(20).optional(),
      settings: queueSettings.pick({ order: true, selection: true, steps: true, service: true }).partial().optional(),
    }),
    concurrency: z.number().int().min(1).max(20).default(3),
    seeds: z.number().int().min(2).max(20).default(8),
  }),
  response: z.object({ now: report, changed: report, seeds: z.number().int() }),
})
