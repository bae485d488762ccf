import { type Context, isProblem } from '../contract.ts'
import type { Config } from './config.ts'
import { withMailbox } from './imap.ts'

/** Puts a copy where people look for what was sent. The letter has gone: what fails here is only logged. */
export async function saveSent(context: Context<Config>, raw: Buffer): Promise<void> {
  const { sentFolder } = context.config
  const saved = await withMailbox(context, async (client) => {
    await client.append(sentFolder, raw, ['\\Seen'])
    return {}
  })
  if (isProblem(saved)) context.log.warn({ folder: sentFolder, problem: saved }, 'a letter was not saved as sent')
}

export async function hasSent(context: Context<Config>, messageId: string): Promise<boolean> {
  const { imapHost, sentFolder } = context.config
  if (imapHost === '' || sentFolder === '') return false
  const found = await withMailbox(context, async (client) => {
    await client.mailboxOpen(sentFolder, { readOnly: true })
    const uids = await client.search({ header: { 'message-id': messageId } }, { uid: true })
    return { is: Array.isArray(uids) && uids.length > 0 }
  })
  return 'is' in found && found.is
}
