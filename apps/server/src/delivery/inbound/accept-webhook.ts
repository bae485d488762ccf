import type { Accepted, RawRequest, RawResponse } from '@qiao/channels'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '#platform/errors'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Account } from '../accounts/open-account.ts'
import { cleaner, contextOf } from '../accounts/context.ts'
import { answerHeld } from '../answers/answer-held.ts'
import { createCallHolder } from '../answers/hold-call.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { countRefusals } from './count-refusals.ts'
import { createKeeper } from './keep-calls.ts'
import { pullJob } from './pull-events.ts'
import { takeLetters } from './take-letters.ts'
import type { Received } from './store-events.ts'

const largestBody = 8_388_608
/** Letters come with their files. */
const largestLetter = 67_108_864
const callParams = z.object({ callbackKey: z.string() })

/**
 * Where providers call. What they send is checked and stored before it is answered; that is all that happens
 * here, so that nothing they were told we have can be lost. Nobody is kept waiting but where the answer can be a message
 * to the customer (answers/hold-call.ts).
 */
export function registerChannelWebhooks(app: FastifyInstance, deps: ChannelDeps, accounts: AccountBook): void {
  const refusals = countRefusals(deps)
  const keeper = createKeeper(deps)
  const holder = createCallHolder(deps)
  app.addHook('preClose', async () => holder.stop())
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', readBody)
    /** What is too large is not read to its end, wherever it says that it ends. */
    async function readBody(request: FastifyRequest, payload: AsyncIterable<Buffer>): Promise<Buffer> {
      const { callbackKey } = callParams.parse(request.params)
      const writesLetters = (await accounts.byKey(callbackKey))?.channel.letters !== undefined
      const most = writesLetters ? largestLetter : largestBody
      if (Number(request.headers['content-length'] ?? 0) > most) throw new AppError('payload-too-large')
      const pieces: Buffer[] = []
      let length = 0
      for await (const piece of payload) {
        length += piece.length
        if (length > most) throw new AppError('payload-too-large')
        pieces.push(piece)
      }
      return Buffer.concat(pieces)
    }
    scope.route({
      method: ['GET', 'POST'],
      url: '/channels/:callbackKey',
      bodyLimit: largestLetter,
      handler: async (request, reply) => {
        const { callbackKey } = callParams.parse(request.params)
        const account = await accounts.byKey(callbackKey)
        if (!account?.channel.webhook) throw new AppError('not-found')
        const { accepted, by } = await acceptProven(deps, account, rawRequest(request, deps.url))
        if (accepted.kind === 'refused') {
          const { reason, problem } = cleaner(account.secrets)(accepted)
          refusals.count(account.inbox.id, reason, problem)
        }
        if (accepted.kind === 'accepted') {
          const [event] = accepted.events
          const { open } = accepted
          const call = open && event ? await holder.note(account, by, event.id, open, reply.elapsedTime) : null
          await keeper.keep(toReceived(account, accepted))
          if (call && (await answerHeld(deps, holder, call, reply))) return reply
        }
        if (accepted.kind === 'letters') await takeLetters(deps, keeper, account, accepted.letters)
        const { status, headers = {}, body }: RawResponse = accepted.response
        return reply.status(status).headers(headers).send(body)
      },
    })
  })
}

/** While secrets change over, some calls are still signed with the older one. */
function acceptWith({ channel, config, previous }: Account, request: RawRequest, now: Date) {
  const { webhook } = channel
  if (!webhook) throw new AppError('not-found')
  const first = { accepted: webhook.accept(request, config, now), by: config }
  if (first.accepted.kind !== 'refused' || previous === null) return first
  const second = { accepted: webhook.accept(request, previous, now), by: previous }
  return second.accepted.kind === 'refused' ? first : second
}

/** Takes the call apart once it is the provider's for sure, even where that takes a key that has to be fetched. */
async function acceptProven(
  deps: ChannelDeps,
  account: Account,
  request: RawRequest,
): Promise<{ accepted: Accepted; by: unknown }> {
  const { accepted, by } = acceptWith(account, request, deps.clock.now())
  if (accepted.kind !== 'accepted' && accepted.kind !== 'letters') return { accepted, by }
  const doubt = await account.channel.webhook?.prove?.(request, { ...contextOf(deps, account), config: by })
  if (!doubt) return { accepted, by }
  // Whoever signs comes again after this, and the key may be had then.
  if (typeof doubt !== 'string') throw new AppError('unavailable', doubt.detail ? { detail: doubt.detail } : {})
  return { accepted: { kind: 'refused', reason: doubt, response: { status: 403, body: '' } }, by }
}

function toReceived(
  { inbox, capabilities }: Account,
  { events, pull = false, hint }: Extract<Accepted, { kind: 'accepted' }>,
): Received {
  const jobs = pull ? [pullJob(inbox.id, { hint })] : []
  return { inboxId: inbox.id, events, settleMs: capabilities.ordering.settleMs, jobs }
}

function rawRequest(request: FastifyRequest, origin: string): RawRequest {
  const { method, body } = request
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')])
  return {
    method,
    url: new URL(request.raw.url ?? '/', origin),
    headers: Object.fromEntries(headers),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  }
}
