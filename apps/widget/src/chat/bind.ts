import { services } from './services.ts'
import { notice, tell, visitor } from './store.ts'
import { refusalWords } from './words/refusals.ts'
import { say } from './words/words.ts'

/** Whoever opened a link that was made for them on another channel is the same person here. */
export async function bindTo(link: string): Promise<void> {
  const { api, session } = services()
  try {
    await session.ensure()
    const { visitor: known, bound } = await api.bind(link)
    visitor.value = known
    tell(say(bound ? 'bound' : 'bindInvalid'))
  } catch (error) {
    notice.value = refusalWords(error)
  }
}
