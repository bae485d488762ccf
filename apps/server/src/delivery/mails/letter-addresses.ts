import type { ContentOf, Mailbox } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'

/** Mails to more are campaigns, which are no answers to anybody. */
const mostRecipients = 50

export const recipientsOf = ({ to, cc, bcc }: ContentOf<'mail'>): string[] => [
  ...new Set([...to, ...cc, ...bcc].map(({ address }) => address)),
]

/** With every address in canonical form. Throws for one that is none, for nobody, and for too many. */
export function addressed({ channel }: Account, content: ContentOf<'mail'>): ContentOf<'mail'> {
  const canonical = (mailbox: Mailbox): Mailbox => {
    const address = channel.address(mailbox.address)
    if (address === null) throw new AppError('invalid-input', { detail: `${mailbox.address} is no address` })
    return { name: mailbox.name, address }
  }
  const [to, cc, bcc] = [content.to.map(canonical), content.cc.map(canonical), content.bcc.map(canonical)]
  const mail = { ...content, to, cc, bcc }
  if (to.length === 0) throw new AppError('invalid-input', { detail: 'A mail needs somebody whom it is to' })
  if (recipientsOf(mail).length > mostRecipients)
    throw new AppError('invalid-input', { detail: `A mail goes to ${mostRecipients} at most` })
  return mail
}

/** Without what we, or its owner, put behind a plus: the mailbox is the same. */
const withoutTag = (address: string): string => address.replace(/\+[^@]*(?=@)/, '')

export function isAmong(own: ReadonlySet<string>, address: string): boolean {
  const plain = address.toLowerCase()
  return own.has(plain) || own.has(withoutTag(plain))
}

export const ownAddresses = ({ channel, config }: Account): ReadonlySet<string> =>
  new Set(channel.letters?.addresses(config).map((address) => address.toLowerCase()) ?? [])

const keptMs = 10_000

export interface LetterBoxes {
  /** Where a letter to that address belongs; null when it is none of ours. */
  find(address: string): Promise<string | null>
  addresses(): Promise<ReadonlySet<string>>
}

const boxesOf = new WeakMap<ChannelDeps, LetterBoxes>()

/** The mailboxes of all inboxes in which people write letters, as of a moment ago. */
export function letterBoxes(deps: ChannelDeps): LetterBoxes {
  const known = boxesOf.get(deps) ?? createLetterBoxes(deps)
  boxesOf.set(deps, known)
  return known
}

function createLetterBoxes(deps: ChannelDeps): LetterBoxes {
  let known: { boxes: Promise<Map<string, string>>; until: number } | null = null
  function boxes(): Promise<Map<string, string>> {
    const now = performance.now()
    if (!known || known.until <= now) {
      const reading = readBoxes(deps)
      known = { boxes: reading, until: now + keptMs }
      reading.catch(() => {
        known = null
      })
    }
    return known.boxes
  }
  return {
    async find(address) {
      const all = await boxes()
      const plain = address.toLowerCase()
      return all.get(plain) ?? all.get(withoutTag(plain)) ?? null
    },
    addresses: async () => new Set((await boxes()).keys()),
  }
}

async function readBoxes(deps: ChannelDeps): Promise<Map<string, string>> {
  const writing = deps.channels.flatMap(({ about, letters }) => (letters ? [about.id] : []))
  const boxes = new Map<string, string>()
  if (writing.length === 0) return boxes
  const inboxes = await deps.db.selectFrom('inboxes').select('id').where('channel', 'in', writing).execute()
  for (const { id } of inboxes) {
    const account = await openAccount(deps, id)
    if (account) for (const address of ownAddresses(account)) boxes.set(address, id)
  }
  return boxes
}
