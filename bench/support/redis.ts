import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './server-process.ts'

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0

/** A real Redis that can be killed and started again on the same port. */
export async function redisServer(): Promise<{ url: string; restart(): Promise<void> } & AsyncDisposable> {
  const port = await freePort()
  let running: ChildProcess | undefined
  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    running = spawn('redis-server', args, { stdio: 'ignore' })
    while (!(await accepts(port))) await sleep(20)
  }
  async function stop(): Promise<void> {
    const gone = new Promise((resolve) => running?.once('exit', resolve))
    running?.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    restart: async () => {
      await stop()
      await sleep(500)
      await start()
    },
    [Symbol.asyncDispose]: stop,
  }
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
