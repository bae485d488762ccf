import { type Context, isProblem, type OpenLink } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { type Config, foldersOf } from './config.ts'
import { connect, imapProblem } from './imap.ts'

/** Other folders say nothing, some servers never do, and a line may be dead without anybody knowing. */
const askMs = 60_000

/** Hears of new mail; `pull` fetches it by a connection of its own, which may be in another process. */
export async function open(context: Context<Config>, ask: () => void): Promise<OpenLink> {
  const { config } = context
  if (config.imapHost === '') return nothingToHear(context)
  const client = await connect(context, { isLink: true })
  if (isProblem(client)) return { over: Promise.resolve(client), close: async () => undefined }
  const over = new Promise<Problem>((resolve) => {
    client.once('close', () => resolve({ code: 'not-connected', detail: 'The mail server closed the connection' }))
  })
  const [folder = 'INBOX'] = foldersOf(config)
  try {
    await client.mailboxOpen(folder, { readOnly: true })
  } catch (error) {
    client.close()
    return { over: Promise.resolve(imapProblem(error)), close: async () => undefined }
  }
  client.on('exists', ask)
  const timer = setInterval(ask, askMs)
  const abort = () => client.close()
  context.signal?.addEventListener('abort', abort, { once: true })
  void over.then(() => {
    clearInterval(timer)
    context.signal?.removeEventListener('abort', abort)
  })
  ask()
  return {
    over,
    async close() {
      await client.logout().catch(() => undefined)
      client.close()
    },
  }
}

/** Mail comes by other ways. */
function nothingToHear({ signal }: Context<Config>): OpenLink {
  const ended = Promise.withResolvers<Problem>()
  const close = async () => ended.resolve({ code: 'not-connected' })
  signal?.addEventListener('abort', () => void close(), { once: true })
  return { over: ended.promise, close }
}
