import { isProblem } from '@qiao/channels'
import * as api from '@qiao/protocol'
import { actorOf, recordAudit } from '#access'
import { readInbox, seesInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { addJobs } from '#platform/jobs/jobs'
import { findTemplate, readList } from '#templates'
import { cleaner, contextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { type ChannelDeps, channelOf } from '../channel-deps.ts'
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
      const account = await requireAccount(deps, params.id)
      const { templates } = account.channel
      if (!templates?.make)
        throw new AppError('conflict', { detail: 'Templates of this channel are made at the provider' })
      refuseFaults(body, templates.make.rules)
      const made = cleaner(account.secrets)(await templates.make.submit(body, contextOf(deps, account)))
      if (isProblem(made)) return { template: null, problem: made }
      const target = { type: 'inbox', id: params.id }
      const facts = { name: body.name, language: body.language }
      await recordAudit(deps.db, actorOf(context), 'template.created', target, facts, deps.clock.now())
      await refreshTemplates(deps, params.id)
      // Reviews by machines take seconds.
      await addJobs(deps.db, [refreshJob(params.id, new Date(deps.clock.now().getTime() + 60_000))])
      return { template: await findTemplate(deps.db, params.id, made), problem: null }
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

/** Empty for an inbox whose channel has no templates. */
async function readVisible(deps: ChannelDeps, agent: AgentPrincipal, inboxId: string): Promise<api.TemplateList> {
  const inbox = seesInbox(agent, inboxId) ? await readInbox(deps.db, inboxId) : null
  if (!inbox) throw new AppError('not-found')
  const templates = channelOf(deps, inbox.channel)?.templates
  const { refreshedAt, ...list } = await readList(deps.db, inboxId)
  return {
    ...list,
    refreshedAt: refreshedAt?.toISOString() ?? null,
    rules: templates?.make?.rules ?? null,
    removes: templates?.remove !== undefined,
  }
}

function refuseFaults(draft: api.TemplateDraft, rules: api.TemplateRules): void {
  const issues = api.templateFaults(draft, rules).map(({ path, fault, most }) => ({
    path: ['body', ...path].join('.'),
    message: most === undefined ? fault : `${fault}: ${most}`,
  }))
  if (issues.length === 0) return
  const detail = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new AppError('invalid-input', { detail, issues })
}

async function requireAccount(deps: ChannelDeps, inboxId: string): Promise<Account> {
  if (!(await readInbox(deps.db, inboxId))) throw new AppError('not-found')
  const account = await openAccount(deps, inboxId)
  if (!account) throw new AppError('conflict', { detail: 'Fill in the configuration first' })
  return account
}
