import { createHash } from 'node:crypto'
import { isProblem, type Menus } from '@qiao/channels'
import * as api from '@qiao/protocol'
import { actorOf, recordAudit } from '#access'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import { requireAccount } from '../accounts/account-view.ts'
import { cleaner, contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'

/** The menu is the provider's: it is kept nowhere here, and read each time. */
export function menuRoutes(deps: ChannelDeps): Route[] {
  return [
    route(api.readMenu, async ({ params }) => readMenu(deps, await withMenus(deps, params.id))),
    route(api.saveMenu, async ({ params, body: { menu, revision } }, context) => {
      const account = await withMenus(deps, params.id)
      refuseFaults(menu, account.menus)
      return change(deps, account, { menu, revision }, async (now) => {
        const facts = { entries: menu.entries.map(({ label }) => label) }
        await recordAudit(deps.db, actorOf(context), 'channel-menu.changed', targetOf(params.id), facts, now)
      })
    }),
    route(api.removeMenu, async ({ params, query: { revision } }, context) =>
      change(deps, await withMenus(deps, params.id), { menu: null, revision }, (now) =>
        recordAudit(deps.db, actorOf(context), 'channel-menu.removed', targetOf(params.id), {}, now),
      ),
    ),
  ]
}

const targetOf = (id: string) => ({ type: 'inbox', id })

interface WithMenus extends Account {
  menus: Menus<unknown>
}

async function withMenus(deps: ChannelDeps, inboxId: string): Promise<WithMenus> {
  const account = await requireAccount(deps, inboxId)
  const { menus } = account.channel
  if (!menus) throw new AppError('conflict', { detail: 'Chats of this channel have no menu' })
  return { ...account, menus }
}

function refuseFaults(menu: api.AccountMenu, menus: Menus<unknown>): void {
  const faults = api.menuFaults(menu, menus)
  if (faults.length === 0) return
  const issues = faults.slice(0, 20).map(({ path, fault, most }) => ({
    path: ['body', 'menu', ...path].join('.'),
    message: most === undefined ? fault : `${fault}: ${most}`,
  }))
  throw new AppError('invalid-input', {
    detail: issues.map(({ path, message }) => `${path}: ${message}`).join('; '),
    issues,
  })
}

async function readMenu(deps: ChannelDeps, account: WithMenus): Promise<api.InboxMenu> {
  const { menus, secrets } = account
  const found = cleaner(secrets)(await menus.get(contextOf(deps, account)))
  return isProblem(found) ? shown(account, null, found) : shown(account, found, null)
}

function shown({ menus }: WithMenus, menu: api.AccountMenu | null, problem: api.DeliveryProblem | null): api.InboxMenu {
  const revision = createHash('sha256').update(JSON.stringify(menu)).digest('base64url')
  return { menu, revision, limits: menus.limits, kinds: [...menus.kinds], problem }
}

/** One at a time for each inbox: providers take whatever comes last, so what it replaces has to be what was seen. */
async function change(
  deps: ChannelDeps,
  account: WithMenus,
  wanted: { menu: api.AccountMenu | null; revision: string },
  record: (now: Date) => Promise<void>,
): Promise<api.InboxMenu> {
  const { inbox, menus, secrets } = account
  return deps.locks.hold(`menu ${inbox.id}`, async () => {
    const before = await readMenu(deps, account)
    if (before.problem) return before
    if (before.revision !== wanted.revision) throw new AppError('changed-meanwhile')
    const problem = cleaner(secrets)(await menus.set(wanted.menu, contextOf(deps, account)))
    if (problem) return { ...before, problem }
    await record(deps.clock.now())
    return readMenu(deps, account)
  })
}
