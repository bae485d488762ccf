import { isProblem, type Problem, type Template, type Templates } from '@qiao/channels'
import * as api from '@qiao/protocol'
import { type Actor, actorOf, recordAudit } from '#access'
import { readInbox, seesInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { addJobs } from '#platform/jobs/jobs'
import { findTemplate, readList } from '#templates'
import { cleaner, contextOf, makeContextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { type ChannelDeps, channelOf } from '../channel-deps.ts'
import { readySample } from './ready-sample.ts'
import { refreshJob, refreshTemplates } from './refresh-templates.ts'

export function templateRoutes(deps: ChannelDeps): Route[] {
  return [
    route(api.listTemplates, async ({ params }, { principal }) => {
      const list = await readVisible(deps, principal, params.id)
      if (list.refreshedAt !== null || list.problem !== null) return list
      // Nobody has asked the provider yet.
      await refreshTemplates(deps, params.id)
      return readVisible(deps, principal, params.id)
    }),
    route(api.refreshTemplates, async ({ params }, { principal }) => {
      await readVisible(deps, principal, params.id)
      await refreshTemplates(deps, params.id)
      return readVisible(deps, principal, params.id)
    }),
    route(api.createTemplate, async ({ params, body }, context) => {
      const { account, make } = await requireMaking(deps, params.id, body, context.principal)
      const made = await make.submit(body, makeContextOf(deps, account))
      return finish(deps, account, made, { by: actorOf(context), did: 'template.created' })
    }),
    route(api.editTemplate, async ({ params, body }, context) => {
      const { account, make } = await requireMaking(deps, params.id, body, context.principal)
      const { templates } = await readList(deps.db, params.id)
      const known = templates.find(({ name }) => name === params.name)
      if (!known) throw new AppError('not-found')
      if (!make.edit || !make.rules.edits?.includes(known.state))
        throw new AppError('conflict', { detail: `A template that is ${known.state} cannot be changed` })
      const made = await make.edit(params.name, body, makeContextOf(deps, account))
      return finish(deps, account, made, { by: actorOf(context), did: 'template.changed' })
    }),
    route(api.removeTemplate, async ({ params }, context) => {
      const account = await requireAccount(deps, params.id)
      const { templates } = account.channel
      if (!templates?.remove)
        throw new AppError('conflict', { detail: 'Templates of this channel are removed at the provider' })
      const problem = cleaner(account.secrets)(await templates.remove(params.name, contextOf(deps, account)))
      if (problem) return { problem }
      const target = { type: 'inbox', id: params.id }
      await recordAudit(deps.db, actorOf(context), 'template.removed', target, { name: params.name }, deps.clock.now())
      await refreshTemplates(deps, params.id)
      return { problem: null }
    }),
  ]
}

/** What became of a template that was submitted. */
async function finish(
  deps: ChannelDeps,
  account: Account,
  given: Template | Problem,
  { by, did }: { by: Actor; did: 'template.created' | 'template.changed' },
): Promise<{ template: api.MessageTemplate | null; problem: Problem | null }> {
  const made = cleaner(account.secrets)(given)
  const inboxId = account.inbox.id
  if (isProblem(made)) {
    // It may have been taken all the same: the list says.
    if (made.code === 'no-answer') await refreshTemplates(deps, inboxId)
    return { template: null, problem: made }
  }
  const { name, language, title } = made
  const facts = { name, language, ...(title === undefined ? {} : { title }) }
  await recordAudit(deps.db, by, did, { type: 'inbox', id: inboxId }, facts, deps.clock.now())
  await refreshTemplates(deps, inboxId)
  // Reviews by machines take seconds.
  await addJobs(deps.db, [refreshJob(inboxId, new Date(deps.clock.now().getTime() + 60_000))])
  return { template: await findTemplate(deps.db, inboxId, made), problem: null }
}

/** Empty for an inbox whose channel has no templates. */
async function readVisible(deps: ChannelDeps, agent: AgentPrincipal, inboxId: string): Promise<api.TemplateList> {
  const inbox = seesInbox(agent, inboxId) ? await readInbox(deps.db, inboxId) : null
  if (!inbox) throw new AppError('not-found')
  const templates = channelOf(deps, inbox.channel)?.templates
  const { refreshedAt, ...list } = await readList(deps.db, inboxId)
  const make = templates?.make
  const account = make?.prefix ? await openAccount(deps, inboxId) : null
  return {
    ...list,
    refreshedAt: refreshedAt?.toISOString() ?? null,
    rules: make ? rulesOf(make, account) : null,
    removes: templates?.remove !== undefined,
  }
}

function refuseFaults(draft: api.TemplateDraft, rules: api.TemplateRules): void {
  const issues = api.templateFaults(draft, rules).map(({ path, fault, most, what }) => ({
    path: ['body', ...path].join('.'),
    message: [fault, most ?? what].filter((part) => part !== undefined).join(': '),
  }))
  if (issues.length === 0) return
  const detail = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new AppError('invalid-input', { detail, issues })
}

type Make = NonNullable<Templates<unknown>['make']>
const rulesOf = (make: Make, account: Account | null): api.TemplateRules =>
  make.prefix && account ? { ...make.rules, prefix: make.prefix(account.config) } : make.rules

async function requireMaking(
  deps: ChannelDeps,
  inboxId: string,
  draft: api.TemplateDraft,
  { agentId }: Pick<AgentPrincipal, 'agentId'>,
) {
  const account = await requireAccount(deps, inboxId)
  const { make } = account.channel.templates ?? {}
  if (!make) throw new AppError('conflict', { detail: 'Templates of this channel are made at the provider' })
  refuseFaults(draft, rulesOf(make, account))
  await readySample(deps, draft, agentId)
  return { account, make }
}

async function requireAccount(deps: ChannelDeps, inboxId: string): Promise<Account> {
  if (!(await readInbox(deps.db, inboxId))) throw new AppError('not-found')
  const account = await openAccount(deps, inboxId)
  if (!account) throw new AppError('conflict', { detail: 'Fill in the configuration first' })
  return account
}
