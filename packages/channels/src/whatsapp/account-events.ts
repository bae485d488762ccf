import { z } from 'zod'
import type { ChannelEvent, TemplateState } from '../events.ts'
import { timeOf } from '../families/meta/content.ts'

const ofNoUse = (why: string): ChannelEvent => ({ kind: 'nothing', why })

/** Webhook fields about templates and the account instead of a customer. */
export function accountEvent(field: string, value: Record<string, unknown>, ms: number): ChannelEvent {
  const at = timeOf(ms)
  const unknown = (summary: string): ChannelEvent => ({ kind: 'unknown', at, summary: summary.slice(0, 500) })
  switch (field) {
    case 'message_template_status_update':
      return templateEvent(value, at) ?? unknown('Template status of no documented shape')
    case 'account_update':
      return updateEvent(value, at) ?? unknown('Account update of no documented shape')
    case 'account_alerts': {
      const { alert_type: type, alert_description: words } = value
      if (typeof type !== 'string') return unknown('Account alert of no documented shape')
      const detail = typeof words === 'string' ? `${type}: ${words}` : type
      return { kind: 'account', at, problem: { code: 'account-restricted', detail } }
    }
    case 'phone_number_quality_update': {
      const { event, current_limit: limit } = value
      if (typeof event !== 'string') return unknown('Quality update of no documented shape')
      if (event !== 'FLAGGED' && event !== 'DOWNGRADE') return ofNoUse(`Quality of the number: ${event}`)
      const detail = typeof limit === 'string' ? `${event} ${limit}` : event
      return { kind: 'account', at, problem: { code: 'account-restricted', detail } }
    }
    case 'message_template_quality_update':
    case 'message_template_components_update':
    case 'template_category_update':
    case 'business_capability_update':
    case 'business_status_update':
    case 'account_review_update':
    case 'phone_number_name_update':
    case 'account_settings_update':
    case 'security':
    case 'history':
    case 'smb_app_state_sync':
    case 'contacts':
    case 'payment_configuration_update':
      return ofNoUse(`Webhook field ${field}`)
    default:
      return unknown(`Webhook field ${field}`)
  }
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update (2026-04-13) */
const templateStates: Readonly<Record<string, TemplateState>> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  UNARCHIVED: 'approved',
  UNLOCKED: 'approved',
  // Still usable: a warning before it is paused.
  FLAGGED: 'approved',
  PENDING: 'pending',
  IN_APPEAL: 'pending',
  REJECTED: 'rejected',
  LIMIT_EXCEEDED: 'rejected',
  PAUSED: 'paused',
  LOCKED: 'paused',
  DISABLED: 'disabled',
  ARCHIVED: 'disabled',
  DELETED: 'disabled',
  PENDING_DELETION: 'disabled',
}
export const templateStateOf = (status: string): TemplateState => templateStates[status] ?? 'pending'

const templateUpdate = z.object({
  event: z.string(),
  message_template_name: z.string().min(1),
  message_template_language: z.string().min(1),
  reason: z.string().nullish().catch(null),
})

function templateEvent(value: unknown, at: string): ChannelEvent | null {
  const update = templateUpdate.safeParse(value).data
  if (!update) return null
  const { event, reason, message_template_name: name, message_template_language: language } = update
  const why = reason && reason !== 'NONE' ? reason : event === 'FLAGGED' ? event : undefined
  return { kind: 'template', at, name, language, state: templateStateOf(event), ...(why ? { reason: why } : {}) }
}

const accountUpdate = z.object({
  event: z.string(),
  ban_info: z.object({ waba_ban_state: z.string() }).optional().catch(undefined),
  violation_info: z.object({ violation_type: z.string() }).optional().catch(undefined),
  restriction_info: z
    .array(z.object({ restriction_type: z.string() }))
    .optional()
    .catch(undefined),
})
const disconnected = new Set(['ACCOUNT_DELETED', 'PARTNER_REMOVED', 'PARTNER_APP_UNINSTALLED', 'ACCOUNT_OFFBOARDED'])
const restricted = new Set(['DISABLED_UPDATE', 'ACCOUNT_RESTRICTION', 'ACCOUNT_VIOLATION'])

function updateEvent(value: unknown, at: string): ChannelEvent | null {
  const update = accountUpdate.safeParse(value).data
  if (!update) return null
  const { event, ban_info: ban, violation_info: violation, restriction_info: restrictions = [] } = update
  const facts = [ban?.waba_ban_state, violation?.violation_type, ...restrictions.map((one) => one.restriction_type)]
  const detail = [event, ...facts].filter(Boolean).join(' ')
  if (disconnected.has(event)) return { kind: 'account', at, problem: { code: 'not-connected', detail } }
  if (ban?.waba_ban_state === 'REINSTATE') return { kind: 'nothing', why: detail }
  if (restricted.has(event)) return { kind: 'account', at, problem: { code: 'account-restricted', detail } }
  return { kind: 'nothing', why: detail }
}
