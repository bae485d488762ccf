import type { RawLetter } from '@qiao/channels'
import { AppError } from '#platform/errors'
import { contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import type { createKeeper } from './keep-calls.ts'

/** Read, kept and stored: once this resolves, whoever handed them over may forget them. */
export async function takeLetters(
  deps: ChannelDeps,
  keeper: Pick<ReturnType<typeof createKeeper>, 'keep'>,
  account: Account,
  letters: readonly RawLetter[],
): Promise<void> {
  const { channel, inbox, capabilities } = account
  if (!channel.letters) throw new AppError('not-found')
  const context = contextOf(deps, account)
  for (const letter of letters) {
    const event = await channel.letters.take(letter, context)
    await keeper.keep({ inboxId: inbox.id, events: [event], settleMs: capabilities.ordering.settleMs })
  }
}
