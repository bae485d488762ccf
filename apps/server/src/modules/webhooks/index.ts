export { followFeeds, webhookJobs } from './jobs.ts'
export { webhookRoutes } from './routes.ts'
export type { WebhookDeps } from './webhook-deps.ts'
