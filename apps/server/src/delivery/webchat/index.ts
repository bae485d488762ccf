export { resolveVisitor, webchatRoutes } from './routes.ts'
export { visitorSockets } from './visitor-socket.ts'
export { endVisitorSessions } from './visitor-sessions.ts'
export type { WebchatDeps } from './webchat-deps.ts'
