import * as api from '@qiao/protocol'
import { toDataURL } from 'qrcode'
import { actorOf, recordAudit } from '#access'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import { requireChannel } from '../accounts/account-view.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { createCode, deleteCode, findCode, listCodes, renewCode, updateCode } from './entrance-codes.ts'

const targetOf = (id: string) => ({ type: 'inbox', id })

export function entranceRoutes(deps: ChannelDeps): Route[] {
  const { db, clock } = deps
  return [
    route(api.listEntranceCodes, async ({ params }) => {
      await requireChannel(deps, params.id)
      return { codes: await listCodes(db, params.id) }
    }),
    route(api.createEntranceCode, async ({ params, body }, context) => {
      const by = actorOf(context)
      const made = await createCode(deps, params.id, body, by)
      if (made.code) {
        const { name, parameter } = made.code
        await recordAudit(db, by, 'entrance-code.created', targetOf(params.id), { name, parameter }, clock.now())
      }
      return made
    }),
    route(api.updateEntranceCode, async ({ params, body }, context) => {
      const code = await updateCode(db, params.id, params.codeId, body)
      const { name, parameter, leadsTo } = code
      const facts = { name, parameter, ...leadsTo }
      await recordAudit(db, actorOf(context), 'entrance-code.changed', targetOf(params.id), facts, clock.now())
      return { code }
    }),
    route(api.renewEntranceCode, async ({ params }, context) => {
      const made = await renewCode(deps, params.id, params.codeId)
      if (made.code) {
        const { name, parameter } = made.code
        const facts = { name, parameter }
        await recordAudit(db, actorOf(context), 'entrance-code.renewed', targetOf(params.id), facts, clock.now())
      }
      return made
    }),
    route(api.readEntranceQr, async ({ params }) => {
      const code = await findCode(db, params.id, params.codeId)
      if (!code) throw new AppError('not-found')
      return { png: await toDataURL(code.url, { errorCorrectionLevel: 'M', margin: 2, width: 720 }) }
    }),
    route(api.deleteEntranceCode, async ({ params }, context) => {
      const code = await deleteCode(db, params.id, params.codeId)
      if (!code) throw new AppError('not-found')
      const { name, parameter } = code
      const facts = { name, parameter }
      await recordAudit(db, actorOf(context), 'entrance-code.deleted', targetOf(params.id), facts, clock.now())
    }),
  ]
}
