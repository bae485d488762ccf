import { hostname } from 'node:os'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Channel, channels as allChannels } from '@qiao/channels'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'
import { accessJobs, accessRoutes, createAccess, mountAuthRoutes } from '#access'
import { attachmentRoutes, bundledFfmpeg, createAttachments, registerMedia } from '#attachments'
import { contactRoutes } from '#contacts'
import {
  accessChanged,
  agentSockets,
  type ConversationDeps,
  conversationJobs,
  conversationRoutes,
  createAppender,
  followAll,
  followMergedFailures,
  scheduledReplyJobs,
  settingsChanged,
  visitorEnded,
} from '#conversations'
import { createInboxes, inboxRoutes } from '#inboxes'
import { createRemoteImages, mailRoutes, mailTemplateRoutes, registerRemoteImages } from '#mails'
import { createBindLinks, type MergingDeps, mergingRoutes } from '#merging'
import {
  agentsLive,
  followAppends,
  hookSecrets,
  joinNodes,
  recordRoutes,
  routingRoutes,
  settingsRoutes,
  startRouter,
} from '#routing'
import { followFeeds, type WebhookDeps, webhookJobs, webhookRoutes } from '#webhooks'
import { createLocalBus, createRedisBus } from '#platform/bus/bus'
import { type Clock, systemClock } from '#platform/clock'
import { openDatabase } from '#platform/database/connect'
import { followDatabaseClock } from '#platform/database/database-clock'
import { startEmbeddedPostgres } from '#platform/database/embedded'
import { createLocks } from '#platform/database/locks'
import { migrate } from '#platform/database/migrate'
import { addSecurityHeaders, allowClientApiFromPages } from '#platform/http/security-headers'
import { createHttpServer, type HttpOptions, registerRoutes } from '#platform/http/server'
import { migrateJobs, startWorker } from '#platform/jobs/jobs'
import { createLog, type Log } from '#platform/log'
import { createMailer } from '#platform/mail'
import { createMailQueue } from '#platform/mail-queue'
import { createMetrics } from '#platform/metrics'
import { createSafeFetch } from '#platform/safe-fetch'
import { createRateLimiter } from '#platform/rate-limiter'
import { serveSockets, type SocketServer } from '#platform/realtime/socket-server'
import { StartRefused } from '#platform/start-refused'
import { createBlobStorage } from '#platform/storage/create-blob-storage'
import { messageOf } from '#platform/thrown'
import { type Config, readConfig } from './config.ts'
import { demoGreeting } from './demo/greeting.ts'
import { seedDemo } from './demo/seed-demo.ts'
import type { ChannelDeps } from './delivery/channel-deps.ts'
import { channelJobs, tendChannels } from './delivery/channel-jobs.ts'
import { channelRoutes } from './delivery/channel-routes.ts'
import { createAccountBook } from './delivery/accounts/account-book.ts'
import { registerChannelWebhooks } from './delivery/inbound/accept-webhook.ts'
import { workOffEvents } from './delivery/inbound/work-off.ts'
import { holdLinks } from './delivery/inbound/hold-links.ts'
import { listenForLetters } from './delivery/mails/listen-for-letters.ts'
import { mailAccess } from './delivery/mails/mail-access.ts'
import { letterRoutes } from './delivery/mails/mail-routes.ts'
import { announceAttachment, enqueueProcessing, mediaAccess, mediaJobs } from './delivery/media.ts'
import { createAnswerWays } from './delivery/left-messages/answer-ways.ts'
import { channelsOfLetters, followChannels } from './delivery/follow-channels.ts'
import { createSendingSlots, sendingPlaces } from './delivery/outbound/sending-slots.ts'
import { signalOutward } from './delivery/outbound/signal-outward.ts'
import { servePages } from './delivery/pages.ts'
import { createWaitTeller } from './delivery/places/tell-waits.ts'
import { createOutlet } from './delivery/policy/outlet.ts'
import {
  endVisitorSessions,
  rememberPlaces,
  resolveVisitor,
  type WebchatDeps,
  webchatRoutes,
  visitorSockets,
} from './delivery/webchat/index.ts'
import { serveHealth } from './platform/http/health.ts'
import { listen } from './platform/http/listen.ts'
import { serveGuides } from './platform/http/serve-guides.ts'
import { serveReference } from './platform/http/serve-reference.ts'

/**
 * The composition root: the only file that knows everything. Reads top to bottom as the server's start; `stop` undoes it
 * in the opposite order, so that what others need goes last.
 */

export interface RunningServer {
  url: string
  port: number
  /** Where mail is taken; null: nowhere. */
  smtpPort: number | null
  stop(): Promise<void>
}

interface Overrides {
  /** The time, whatever machine and database say. */
  clock?: Clock
  /** What this machine believes; the database corrects it. */
  machineClock?: Clock
  log?: Log
  checkResponses?: boolean
  /** Instead of the product's own. */
  channels?: readonly Channel[]
  /** Hears of every route, so that a test can ask each one who may reach it. */
  onRoute?: HttpOptions['onRoute']
  /** Frames a second that one peer may send in the long run. */
  framesPerSecond?: number
}

const migrations = join(import.meta.dirname, '../migrations')

export async function startServer(config: Config, overrides: Overrides = {}): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    return { ...(await start(config, overrides, undo)), stop }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

async function start(config: Config, overrides: Overrides, undo: (() => Promise<unknown>)[]) {
  const log = overrides.log ?? createLog({ level: config.logLevel })
  const nodeId = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
  const metrics = createMetrics()

  const embedded = config.database.url ? null : await startEmbeddedPostgres({ dataDir: config.dataDir, log })
  if (embedded) undo.push(() => embedded.stop())
  const databaseUrl = config.database.url ?? embedded?.url ?? ''
  const database = await openDatabase({
    url: databaseUrl,
    poolSize: config.database.poolSize,
    applicationName: 'qiao',
    log,
  })
  undo.push(() => database.close())
  const { db, pool } = database
  const wall = await followDatabaseClock(pool, overrides.machineClock ?? systemClock, log)
  undo.push(async () => wall.stop())
  const clock = overrides.clock ?? wall
  await migrate(pool, migrations, log)
  await migrateJobs(pool, log)

  const bus = config.redisUrl ? await createRedisBus(config.redisUrl, nodeId, log) : createLocalBus(log)
  undo.push(() => bus.close())
  const mailer = createMailer(config.mail, log)
  undo.push(async () => mailer.close())
  const mails = createMailQueue({ mailer, secret: config.secret, clock, log })
  const storage = createBlobStorage(config.storage)
  await storage.check(log)

  const access = createAccess({ db, url: config.url, secret: config.secret, clock, log, mails })
  access.onAccessChanged(({ agentIds }) => bus.publish(accessChanged, { agentIds }))
  // What another process changed is forgotten here as well.
  bus.subscribe(accessChanged, ({ agentIds }) => access.forget(agentIds === 'all' ? undefined : agentIds))
  access.onListChanged((what) => bus.publish(settingsChanged, { what }))
  const { channels = allChannels } = overrides
  const channelIds = ['web', ...channels.map(({ about }) => about.id)]
  const inboxes = createInboxes({ db, clock, secret: config.secret, access, channels: channelIds })
  inboxes.onChanged((what) => bus.publish(settingsChanged, { what }))
  bus.subscribe(settingsChanged, () => inboxes.forget())
  bus.onGap(() => {
    access.forget()
    inboxes.forget()
  })

  const silentChannels = channelsOfLetters(channels)
  const appender = createAppender({
    pool,
    bus,
    clock,
    follow: followAll(followAppends(silentChannels), followChannels(silentChannels, channels), followMergedFailures),
    onFlush: (seconds) => metrics.appendSeconds.observe(seconds),
    onAppended: (entries) => entries.forEach(({ kind }) => metrics.entriesAppended.inc({ kind })),
  })
  const deps: ConversationDeps = { db, pool, bus, clock, appender }
  const shutdown = new AbortController()
  undo.push(async () => shutdown.abort())
  const attachments = createAttachments({
    db,
    storage,
    clock,
    secret: config.secret,
    ffmpegPath: bundledFfmpeg,
    scratchFolder: join(config.dataDir, 'scratch'),
    signal: shutdown.signal,
    enqueueProcessing,
    onChanged: announceAttachment(deps, log),
  })
  const merging: MergingDeps = { ...deps, log, bindLinks: createBindLinks(config.secret) }
  const webchat: WebchatDeps = {
    ...merging,
    mails,
    places: rememberPlaces(bus, clock),
    url: config.url,
    limits: {
      // By address, so generous: a whole office or a mobile operator may stand behind one.
      sessions: createRateLimiter({ perMinute: 120, burst: 300 }),
      messages: createRateLimiter({ perMinute: 240, burst: 120 }),
    },
  }
  const simulatedOrigins = new Set<string>()
  const safeFetch = createSafeFetch({
    allowPrivateTargets: config.allowPrivateTargets,
    allowedOrigins: simulatedOrigins,
  })
  undo.push(() => safeFetch.close())
  const locks = createLocks({ url: databaseUrl, log })
  undo.push(() => locks.close())
  // More than there are connections would wait for each other.
  const concurrency = Math.min(sendingPlaces, config.database.poolSize)
  const bridge: ChannelDeps = {
    ...merging,
    sealer: inboxes.sealer,
    storage,
    fetch: safeFetch,
    locks,
    attachments,
    slots: createSendingSlots(concurrency),
    url: config.url,
    channels,
  }
  deps.outlet = createOutlet(bridge)
  const remote = createRemoteImages(safeFetch, inboxes.sealer.key('remote images'))
  const mailDeps = { db, clock, remote, access: mailAccess(bridge) }
  const accounts = createAccountBook(bridge)
  undo.push(async () => accounts.stop())
  // A paused inbox that works again has everything waiting that came meanwhile.
  inboxes.onChanged(() => {
    tendChannels(bridge).catch((error: unknown) => log.warn({ err: error }, 'waiting events were not asked for'))
  })
  const webhooks: WebhookDeps = { ...deps, log, sealer: inboxes.sealer, fetch: safeFetch }
  const hooks = hookSecrets(config.secret, inboxes.sealer)
  const routing = { ...deps, log, fetch: safeFetch, hookSecrets: hooks, silentChannels }
  const demoMade = config.demo && (await seedDemo({ ...deps, attachments, url: config.url }))
  if (demoMade) log.info('the demo company was made')
  const playground = hasPhones(config)
    ? await (await import('./playground/index.ts')).startPlayground(bridge, simulatedOrigins)
    : null
  if (playground) undo.push(() => playground.stop())
  if (config.roles.includes('worker')) {
    const feed = await followFeeds(webhooks)
    undo.push(() => feed.stop())
    const jobs = [
      mails.job,
      ...accessJobs(access),
      ...conversationJobs(deps),
      ...mediaJobs(attachments),
      ...webhookJobs(webhooks, feed),
    ]
    const worker = await startWorker({ pool, jobs, log, metrics })
    undo.push(() => worker.stop())
    // Providers let us wait: their jobs have places of their own, so that a slow one never keeps the others out.
    const bridgeJobs = [...channelJobs(bridge), ...scheduledReplyJobs(deps)]
    const places = { concurrency, pollMilliseconds: 500 }
    const bridgeWorker = await startWorker({ pool, jobs: bridgeJobs, log, metrics, ...places })
    undo.push(() => bridgeWorker.stop())
    const events = workOffEvents(bridge, accounts)
    undo.push(() => events.stop())
    const links = holdLinks(bridge)
    undo.push(() => links.stop())
  }
  if (config.roles.includes('router')) {
    const router = startRouter({ ...routing, databaseUrl, tellWaits: createWaitTeller(bridge) })
    undo.push(() => router.stop())
  }
  if (!config.roles.includes('web')) return { url: config.url, port: 0, smtpPort: null }

  const signals = signalOutward(bridge)
  undo.push(() => signals.stop())
  const options: HttpOptions = {
    log,
    trustProxy: config.trustProxy,
    resolveAgent: (request) => access.resolveAgent(request),
    resolveVisitor: (request) => resolveVisitor(webchat, request),
    checkResponses: overrides.checkResponses ?? false,
    onRoute: overrides.onRoute,
    observe: (route, method, status, seconds) =>
      metrics.httpSeconds.observe({ route, method, status: String(status) }, seconds),
  }
  const app = createHttpServer(options)
  addSecurityHeaders(app, { https: config.url.startsWith('https:') })
  allowClientApiFromPages(app)
  await app.register(compress, { global: true, threshold: 1024 })
  mountAuthRoutes(app, access)
  const routes = [
    ...accessRoutes(access),
    ...inboxRoutes({ ...inboxes, fetch: safeFetch, url: config.url }),
    ...contactRoutes({
      db,
      bus,
      clock,
      onBlocked: async (contactId) => {
        await endVisitorSessions(db, { contactId }, 'blocked', clock.now())
        bus.publish(visitorEnded, { contactId, reason: 'blocked' })
      },
    }),
    ...conversationRoutes(deps),
    ...mergingRoutes(merging),
    ...routingRoutes(routing),
    ...recordRoutes(routing),
    ...settingsRoutes(routing),
    ...attachmentRoutes(attachments, mediaAccess(db)),
    ...webchatRoutes({ ...webchat, answers: createAnswerWays(bridge) }),
    ...webhookRoutes(webhooks),
    ...channelRoutes(bridge),
    ...letterRoutes(bridge, deps),
    ...mailRoutes(mailDeps),
    ...mailTemplateRoutes({ db, clock, templatesChanged: () => bus.publish(settingsChanged, { what: 'templates' }) }),
  ]
  registerRoutes(app, routes, options)
  serveReference(app, routes, { url: config.url, version: '0.1.0' })
  serveGuides(app, join(import.meta.dirname, '../../..'))
  registerMedia(app, attachments)
  registerRemoteImages(app, mailDeps)
  registerChannelWebhooks(app, bridge, accounts)
  serveHealth(app, { pool, metrics, metricsToken: config.metricsToken })
  playground?.serve(app)
  await servePages(app, { ...bridge, ...webchat, playground: config.demo })

  const node = joinNodes(routing, nodeId)
  undo.push(() => node.stop())
  const live = agentsLive(routing, node)
  undo.push(() => live.stop())
  const { framesPerSecond = 20 } = overrides
  const sockets = serveSockets(
    app.server,
    [
      visitorSockets({ ...webchat, node }, log, framesPerSecond),
      agentSockets(deps, {
        nodeId,
        log,
        framesPerSecond,
        part: live,
        // As for a request that changes something: a foreign page must not open a socket with the agent's cookie.
        resolveAgent: (request) => access.resolveAgent({ headers: request.headers, method: 'POST' }),
      }),
    ],
    { log, observe: (path, open) => metrics.connections.set({ kind: path.replace('/ws/', '') }, open) },
  )
  for (const kind of ['visitor', 'agent']) metrics.connections.set({ kind }, 0)
  undo.push(() => drain(app, sockets))
  const port = await listen(app, config)
  const smtp = config.smtp && (await listenForLetters(bridge, accounts, { host: config.host, ...config.smtp }))
  if (smtp) undo.push(() => smtp.stop())
  await playground?.connect(port)
  log.info({ url: config.url, port }, 'Qiao is ready')
  if (config.demo) process.stdout.write(demoGreeting(config.url))
  return { url: `http://127.0.0.1:${port}`, port, smtpPort: smtp?.port ?? null }
}

/** Simulated providers live in one process, which receives and sends; they are for trying out. */
const hasPhones = ({ demo, environment, redisUrl, roles }: Config): boolean =>
  demo && environment !== 'production' && !redisUrl && roles.includes('web') && roles.includes('worker')

/** No new work comes in, clients go elsewhere, requests that run are answered; one that does not end is cut off. */
async function drain(app: FastifyInstance, sockets: SocketServer): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), 4_000)
  await Promise.all([sockets.drain(), app.close()])
  clearTimeout(cutOff)
}

async function main(): Promise<void> {
  const server = await startServer(readConfig())
  let stopping = false
  function stop(): void {
    // Asked a second time: at once.
    if (stopping) process.exit(1)
    stopping = true
    server.stop().then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  // `npm start` runs us as its child; when it is gone, however it went, nobody is left to stop us.
  process.on('disconnect', () => stopping || stop())
}

/** A refusal to start says what a person must change; anything else is a bug, whose stack says where. */
function fail(error: unknown): never {
  const text = error instanceof Error && !(error instanceof StartRefused) ? error.stack : undefined
  process.stderr.write(`${text ?? messageOf(error)}\n`)
  process.exit(1)
}

if (import.meta.main) {
  main().catch(fail)
}
