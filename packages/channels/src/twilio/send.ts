import type { Part, SendContext, SendResult } from '../contract.ts'
import { keyParameter } from './accept.ts'
import { accountUrl, call } from './api.ts'
import type { Config } from './config.ts'
import { resultOf } from './errors.ts'

/** Twilio knows no repeats. Its statuses come to an address with our key, which settles a send whose answer was lost. */
export async function send({ request }: Part, context: SendContext<Config>): Promise<SendResult> {
  const callback = new URL(context.callbackUrl)
  callback.searchParams.set(keyParameter, context.idempotencyKey)
  const said = Object.entries(request).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return resultOf(
    await call(context, `${accountUrl(context.config)}/Messages.json`, [...said, ['StatusCallback', callback.href]]),
  )
}
