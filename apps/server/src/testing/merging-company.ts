import { uuidv7 } from 'uuidv7'
import { parrot, parrotWith } from './parrot-channel.ts'
import { startParrotCompany, until } from './parrot-company.ts'

/** A company with web chat and two inboxes of a channel that proves phone numbers and names of a provider. */
export async function startMergingCompany() {
  const channel = parrotWith(
    {},
    {
      about: { ...parrot.about, proves: { phone: true, union: 'parrots' } },
      entrance: (parameter) =>
        Promise.resolve({ url: `https://parrot.example/start?p=${parameter}`, as: 'link', endsAt: null }),
    },
  )
  const company = await startParrotCompany({ channel })
  const { must, admin, provider, db } = company
  async function inbox(teamId: string) {
    const made: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
      name: 'More parrots',
      channel: channel.about.id,
      teamIds: [teamId],
    })
    const path = `/api/v1/inboxes/${made.id}/account`
    const { version, callbackUrl } = await must('GET', path, admin.credentials)
    await must('PUT', path, admin.credentials, { version, config: provider.config })
    return { id: made.id, callback: company.url + new URL(String(callbackUrl)).pathname }
  }
  const [other, foreign] = [await inbox(company.teams.first), await inbox(company.teams.second)]
  /** Somebody writes; resolves when it is worked off. */
  async function write(to: string, from: string, words: string, fields: object = {}, more: object = {}): Promise<void> {
    const id = uuidv7()
    const content = { type: 'text', text: words, markup: 'none' }
    await provider.deliver(to, [{ id, from, fields: { id, content, ...fields }, ...more }])
    await until(async () => {
      const row = await db.selectFrom('channel_events').select('state').where('event_id', '=', id).executeTakeFirst()
      return row?.state === 'done'
    })
  }
  async function identityAt(inboxId: string, address: string) {
    return db
      .selectFrom('identities')
      .selectAll()
      .where('inbox_id', '=', inboxId)
      .where('address', '=', address)
      .executeTakeFirstOrThrow()
  }
  const contactAt = async (inboxId: string, address: string): Promise<string> =>
    (await identityAt(inboxId, address)).contact_id
  return { ...company, other, foreign, write, identityAt, contactAt }
}
