import { tell } from './store.ts'
import { refusalWords } from './words/refusals.ts'

/** Does something that the visitor asked for, and says why when it does not work. */
export async function telling(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    tell(refusalWords(error))
  }
}
