import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { runScenario, type Scenario } from '@qiao/routing'

/** A thread of its own: a simulation computes for seconds, and nobody's message must wait for that. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- run-simulation.ts says what it hands over
const { scenarios, seeds } = workerData as { scenarios: readonly Scenario[]; seeds: number }

// On Linux this is the thread's own: where processors are few, the server comes first.
setPriority(constants.priority.PRIORITY_LOW)

// The same seeds in every scenario: the same customers come to both.
const runs = scenarios.map((scenario) => Array.from({ length: seeds }, (_, index) => runScenario(scenario, index + 1)))
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(runs)
