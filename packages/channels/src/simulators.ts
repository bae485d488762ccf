import { channels } from './registry.ts'
import type { Simulator, SimulatorOptions } from './simulator.ts'

type Start = (options?: SimulatorOptions) => Promise<Simulator>

/** Starts the simulated provider of a channel, by the channel's id, which names its folder. For tests and the playground. */
export const simulators: Readonly<Record<string, Start>> = Object.fromEntries(
  channels.map(({ about: { id } }): [string, Start] => [
    id,
    async (options) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each folder's simulator.ts is of this shape
      const { startSimulator } = (await import(`./${id}/simulator.ts`)) as { startSimulator: Start }
      return startSimulator(options)
    },
  ]),
)

export type { Fault, Phone, Said, Shown, ShownFile, ShownMenuEntry, Simulator, SimulatorOptions } from './simulator.ts'
export { signWebhook } from './standard-webhooks.ts'
/** With what only Telegram has: a token that is voided. */
export { startSimulator as startTelegramSimulator } from './telegram/simulator.ts'
