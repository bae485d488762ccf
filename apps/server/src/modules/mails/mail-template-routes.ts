import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import { type Route, route } from '#platform/http/route'
import { createMailTemplate, deleteMailTemplate, listMailTemplates, updateMailTemplate } from './mail-templates.ts'
import type { MailDeps } from './routes.ts'

interface TemplateDeps extends Pick<MailDeps, 'db' | 'clock'> {
  /** Whoever shows them reads them again. */
  templatesChanged: () => void
}

export const mailTemplateRoutes = ({ db, clock, templatesChanged }: TemplateDeps): Route[] => [
  route(api.listMailTemplates, async ({ query }, { principal }) => ({
    templates: await listMailTemplates(db, principal, query.inboxId),
  })),
  route(api.createMailTemplate, async ({ body }, context) => {
    const template = await createMailTemplate(db, actorOf(context), body, clock.now())
    templatesChanged()
    return template
  }),
  route(api.updateMailTemplate, async ({ params, body }, context) => {
    const template = await updateMailTemplate(db, actorOf(context), { ...params, ...body }, clock.now())
    templatesChanged()
    return template
  }),
  route(api.deleteMailTemplate, async ({ params }, context) => {
    await deleteMailTemplate(db, actorOf(context), params.id, clock.now())
    templatesChanged()
  }),
]
