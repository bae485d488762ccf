import type { Part, SendContext, SendResult } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { mailAddress } from './address.ts'
import { compose, nameOf } from './compose.ts'
import type { Config } from './config.ts'
import { type Letter, letter } from './letter.ts'
import { hasSent, saveSent } from './sent-folder.ts'
import { handOver, type Handed, type Refusal } from './smtp.ts'

type Sending = SendContext<Config>

export async function send({ request }: Part, context: Sending): Promise<SendResult> {
  const parsed = letter.safeParse(request)
  if (!parsed.success) return { kind: 'rejected', problem: { code: 'unsupported', detail: 'Not a letter' } }
  const { config } = context
  if (config.smtpHost === '') {
    return { kind: 'rejected', problem: { code: 'not-connected', detail: 'There is no SMTP server to send by' } }
  }
  const raw = await compose(parsed.data, context)
  const handed = await hand(parsed.data, raw, context)
  if ('code' in handed) return resultOf(handed)
  // Whoever has it already has it there, too.
  if (config.saveSent && config.sentFolder !== '' && !parsed.data.only) await saveSent(context, raw)
  const refused = handed.refused.map(({ address, problem }) => ({ address, problem: plainOf(problem) }))
  return {
    kind: 'accepted',
    messageId: nameOf(parsed.data, context),
    ...(refused.length > 0 ? { refused } : {}),
  }
}

/** RFC 3834 wants automatic mail without a sender, so that nothing comes back; some servers take none from nobody. */
async function hand(
  { to, cc, bcc, only, isAutomatic }: Letter,
  raw: Buffer,
  context: Sending,
): Promise<Handed | Refusal> {
  const wanted = only && new Set(only.map((address) => mailAddress(address)))
  const recipients = [...to, ...cc, ...bcc]
    .flatMap(({ address }) => mailAddress(address) ?? [])
    .filter((address) => !wanted || wanted.has(address))
  const { address } = context.config
  if (!isAutomatic) return handOver(context, { from: address, to: recipients }, raw)
  const handed = await handOver(context, { from: '', to: recipients }, raw)
  const takesNone = 'code' in handed && handed.step === 'MAIL FROM' && (handed.status ?? 0) >= 500
  return takesNone ? handOver(context, { from: address, to: recipients }, raw) : handed
}

function resultOf(refusal: Refusal): SendResult {
  const problem = plainOf(refusal)
  if (refusal.isOpen) return { kind: 'unknown', problem }
  // What it would not take now, it may take later; a password that is refused will not become right.
  const isFinal = refusal.code === 'credentials-refused' || refusal.code === 'too-large' || (refusal.status ?? 0) >= 500
  return isFinal ? { kind: 'rejected', problem } : { kind: 'retry', afterMs: null, problem }
}

const plainOf = ({ code, detail = '', providerCode = '' }: Refusal): Problem => ({
  code,
  ...(detail ? { detail } : {}),
  ...(providerCode ? { providerCode } : {}),
})

/** Providers keep what went out; where it lies there, it went. Where it does not, people decide. */
export async function reconcile({ request }: Part, context: Sending): Promise<SendResult> {
  const parsed = letter.safeParse(request)
  const problem: Problem = { code: 'no-answer', detail: 'Not found in the folder of sent mail' }
  if (!parsed.success) return { kind: 'unknown', problem }
  const messageId = nameOf(parsed.data, context)
  // That it lies there says nothing of those to whom it goes once more.
  const found = !parsed.data.only && (await hasSent(context, messageId))
  return found ? { kind: 'accepted', messageId } : { kind: 'unknown', problem, messageId }
}
