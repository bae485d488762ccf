import { bindTo } from './bind.ts'
import { comeBack } from './sign-in.ts'

/** What an address of the chat page can ask for beside the chat: each works once, so a reload must not try again. */
export async function arrive(query: URLSearchParams): Promise<void> {
  const [link, signedIn] = [query.get('bind'), query.get('signed-in')]
  const address = new URL(location.href)
  address.searchParams.delete('bind')
  address.searchParams.delete('signed-in')
  history.replaceState(null, '', address)
  if (signedIn) await comeBack(signedIn)
  if (link) await bindTo(link)
}
