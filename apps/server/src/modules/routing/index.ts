export { readQueue, readQueues, toQueue } from './queue-row.ts'
export type { RoutingDeps } from './routing-deps.ts'
export * from './topics.ts'
