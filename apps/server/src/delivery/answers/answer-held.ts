import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { messageOf } from '#platform/thrown'
import type { ChannelDeps } from '../channel-deps.ts'
import { recordAnswered } from './give-answer.ts'
import type { createCallHolder, HeldCall } from './hold-call.ts'

/** Providers hang up themselves when their time is over; whoever does not is hung up on. */
const hangsUpMs = 3_000

/**
 * Gives the call its message once there is one, and records that it left when the connection has taken it. False: the
 * usual answer is to be given.
 */
export async function answerHeld(
  deps: ChannelDeps,
  holder: Pick<ReturnType<typeof createCallHolder>, 'hold'>,
  call: HeldCall,
  reply: FastifyReply,
): Promise<boolean> {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const held = await holder.hold(call, gone.signal)
  if (held.kind === 'nothing') return false
  if (held.kind === 'lapse') {
    await sleep(hangsUpMs, undefined, { signal: gone.signal }).catch(() => undefined)
    reply.hijack()
    reply.raw.destroy()
    return true
  }
  const { part, response } = held
  // Not before: whoever calls again has not got it, and gets it then.
  reply.raw.once('finish', () => {
    recordAnswered(deps, part).catch((error: unknown) =>
      deps.log.warn({ inboxId: call.inboxId, reason: messageOf(error) }, 'an answer that left was not recorded'),
    )
  })
  void reply
    .status(response.status)
    .headers(response.headers ?? {})
    .send(response.body)
  return true
}
