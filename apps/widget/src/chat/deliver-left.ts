import type { Left, OutboxItem } from './core/outbox.ts'
import { acceptBegun, acceptSent, tokenGone } from './deliver.ts'
import { Refusal } from './net/problem.ts'
import { sayMessage } from './say-message.ts'
import { services } from './services.ts'

type Where = { conversationId: string }

/** Somebody is there by now: what was written, and its files, are said to them. */
async function sayInstead({ clientKey, conversationId, body }: OutboxItem, { content }: Left): Promise<Where> {
  const accept = conversationId === null ? acceptBegun : acceptSent
  const said = accept(await services().api.send({ ...body, clientKey, conversationId }))
  for (const { kind, ...attachment } of content.files) sayMessage(said.conversationId, { type: kind, attachment })
  return said
}

/** Of the wait in the queue, or of the closed doors. */
const tooLate: ReadonlySet<string> = new Set(['not-waiting', 'conflict'])

/** A message that is left, out of the outbox. Its key makes a repeat harmless, as of any other. */
export async function deliverLeft(item: OutboxItem, left: Left): Promise<Where> {
  const { session, api, line } = services()
  const leave = async (conversationId: string | null): Promise<Where> => {
    const accept = conversationId === null ? acceptBegun : acceptSent
    return accept(await api.leaveMessage({ ...left.ask, clientKey: item.clientKey, conversationId }))
  }
  let where: Where
  try {
    await session.ensure()
    where = await leave(item.conversationId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (tooLate.has(error.code)) where = await sayInstead(item, left)
    else if (tokenGone.has(error.code)) {
      session.drop()
      await session.ensure()
      where = await leave(null)
    } else throw error
  }
  line.connect()
  return where
}
