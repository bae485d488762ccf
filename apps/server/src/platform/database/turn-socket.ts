import { Socket } from 'node:net'
import { corkTurn } from '../cork-turn.ts'

/** Statements that are queued in one turn of the event loop go to PostgreSQL in one write. */
export function turnSocket(): Socket {
  const socket = new Socket()
  // Node puts its own `write` back when it connects.
  socket.once('connect', () => {
    const write = socket.write.bind(socket)
    const cork = corkTurn(socket)
    socket.write = (...given: unknown[]): boolean => {
      cork()
      return Boolean(Reflect.apply(write, undefined, given))
    }
  })
  return socket
}
