import type { FastifyInstance } from 'fastify'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'

/** Opens the port and gives its number, which the system chose when it was 0. */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw refusal(codeOf(error), host, port) ?? error
  }
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : port
}

function refusal(code: string | undefined, host: string, port: number): StartRefused | undefined {
  if (code === 'EADDRINUSE') {
    return new StartRefused(
      `Port ${port} on ${host} is in use by another program. Stop that one, or give Qiao another PORT.`,
    )
  }
  if (code === 'EACCES') {
    return new StartRefused(`This user may not open port ${port}: choose a PORT above 1023, or put a proxy in front.`)
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartRefused(
      `The setting HOST is "${host}", which is no address of this machine. 127.0.0.1 serves this machine alone, 0.0.0.0 others too.`,
    )
  }
  return undefined
}
