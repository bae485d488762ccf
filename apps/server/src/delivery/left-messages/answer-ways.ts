import { emptyLedger } from '@qiao/channels'
import type { AnswerBy, Inbox } from '@qiao/protocol'
import { addIdentity, announceContact, createContact, findContactAt } from '#contacts'
import { AppError } from '#platform/errors'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { letterBoxes } from '../mails/letter-addresses.ts'
import { permissionOf } from '../policy/permission.ts'

/** Where people who left a message are answered, as web chat sees it. */
export interface AnswerWays {
  /**
   * The way with its address in canonical form. Throws `invalid-input` for a way that the inbox does not offer, and for an
   * address that is none there.
   */
  check(inbox: Inbox, wanted: AnswerBy): Promise<AnswerBy>
  /** Makes the one who is reached there known, as whoever a first letter goes to. Nobody says that it is who asked for it. */
  prepare(inbox: Inbox, wanted: AnswerBy): Promise<void>
}

/** Which of its settings names the inbox that answers this way. */
export const answeringInbox = ({ settings }: Pick<Inbox, 'settings'>, way: AnswerBy['way']): string | null => {
  const { mailInboxId, smsInboxId } = settings.offline.answersFrom
  return way === 'mail' ? mailInboxId : way === 'sms' ? smsInboxId : null
}

export function createAnswerWays(deps: ChannelDeps): AnswerWays {
  return {
    async check(inbox, wanted) {
      if (wanted.way === 'chat') return wanted
      const account = await accountFor(deps, inbox, wanted.way)
      if (!account) throw refused('way', 'This inbox does not answer that way')
      const address = account.channel.address(wanted.address.trim())
      // A letter to ourselves would answer itself.
      const isOurs = address !== null && (await letterBoxes(deps).addresses()).has(address.toLowerCase())
      if (address === null || isOurs) throw refused('address', 'No address to answer to')
      return { way: wanted.way, address }
    },
    async prepare(inbox, wanted) {
      const inboxId = answeringInbox(inbox, wanted.way)
      if (wanted.way === 'chat' || inboxId === null) return
      const { way, address } = wanted
      if (await findContactAt(deps.pool, { inboxId, address })) return
      const now = deps.clock.now()
      const stranger = await createContact(deps.db, way === 'mail' ? { email: address } : { phone: address }, now)
      const identity = { contactId: stranger.id, inboxId, address, verified: false }
      const { contactId } = await addIdentity(deps.db, identity, now)
      if (contactId === stranger.id) await announceContact(deps, stranger)
      else await deps.db.deleteFrom('contacts').where('id', '=', stranger.id).execute()
    },
  }
}

const refused = (field: 'way' | 'address', message: string): AppError =>
  new AppError('invalid-input', { issues: [{ path: `body.answerBy.${field}`, message }] })

/** One that may write first: where the provider wants the customer to begin, nobody can be answered. */
async function accountFor(deps: ChannelDeps, inbox: Inbox, way: 'mail' | 'sms'): Promise<Account | null> {
  const id = answeringInbox(inbox, way)
  const account = id === null ? null : await openAccount(deps, id)
  if (!account || account.inbox.pausedAt !== null) return null
  if ((account.capabilities.letters === true) !== (way === 'mail')) return null
  return permissionOf(account.capabilities, emptyLedger, deps.clock.now()).free ? account : null
}
