import { type Channel, defineChannel } from '../contract.ts'
import { accept, prove } from './accept.ts'
import { mailAddress } from './address.ts'
import { authorisation } from './authorisation.ts'
import { capabilities } from './capabilities.ts'
import { type Config, config, ownAddresses } from './config.ts'
import { takeMail } from './intake.ts'
import { check, setup } from './lifecycle.ts'
import { open } from './link.ts'
import { fetchMedia } from './media.ts'
import { normalise } from './normalise.ts'
import { pull } from './pull.ts'
import { render } from './render.ts'
import { reconcile, send } from './send.ts'
import { completeFromS3 } from './ses-object.ts'
import { type Resolve, systemResolve } from './trust.ts'
import { wordsAt } from '../words-at.ts'

/** `resolve`: who is asked for the records by which senders are verified. */
export const emailWith = (resolve: Resolve): Channel<Config> =>
  defineChannel<Config>({
    about: {
      id: 'email',
      name: { zh: '电子邮件', en: 'E-mail' },
      summary: {
        zh: '客户写信到客服邮箱（IMAP、SMTP、Gmail、Microsoft 365、企业邮箱）',
        en: 'Customers write to a mailbox: IMAP and SMTP, Gmail, Microsoft 365 and others',
      },
      colour: '#B4552D',
      icon: 'M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm.6 2 7.4 5.2L19.4 7zM4 9v8h16V9l-8 5.6z',
      docs: 'email',
      addressScope: 'person',
      proves: { email: true },
    },
    config,
    capabilities,
    address: mailAddress,
    webhook: { accept, prove },
    pull: { everyMs: 60_000, fetch: (state, context, hint) => pull(state, context, resolve, hint) },
    link: { open: (context, _take, ask) => open(context, ask) },
    letters: {
      addresses: ownAddresses,
      take: ({ raw, envelope, told }, context) =>
        takeMail({ raw, receivedAt: context.now(), number: 0, envelope, told }, context, resolve),
    },
    complete: (data, context) => completeFromS3(data, context, resolve),
    normalise,
    render,
    wordsIn: ({ request }) => wordsAt(request, 'text'),
    send,
    reconcile,
    fetchMedia,
    authorisation,
    lifecycle: { check, setup },
  })

export const email = emailWith(systemResolve)
