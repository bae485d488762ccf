import type { ChannelEvent } from '../events.ts'
import type { JsonObject } from '../json.ts'
import {
  at,
  contact,
  envelope,
  lin,
  metadata,
  type Sample,
  single,
  statuses,
  text,
  timestamp,
} from './fixture-frames.ts'

const later: Sample[] = [
  single(
    'reaction',
    { id: 'wamid.20', type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } },
    { kind: 'reacted', at, from: lin, messageId: 'wamid.0', emoji: '👍' },
  ),
  single(
    'reaction taken back',
    { id: 'wamid.21', type: 'reaction', reaction: { message_id: 'wamid.0' } },
    { kind: 'reacted', at, from: lin, messageId: 'wamid.0', emoji: null },
  ),
  single(
    'edit',
    {
      id: 'wamid.22',
      type: 'edit',
      edit: {
        original_message_id: 'wamid.1',
        message: { context: { id: 'wamid.1' }, type: 'text', text: { body: 'Hey' } },
      },
    },
    { kind: 'edited', at, from: lin, messageId: 'wamid.1', content: text('Hey') },
  ),
  single(
    'recall',
    { id: 'wamid.23', type: 'revoke', revoke: { original_message_id: 'wamid.1' } },
    { kind: 'recalled', at, from: lin, messageId: 'wamid.1' },
  ),
  single(
    'first opening',
    { id: 'wamid.24', type: 'request_welcome' },
    {
      kind: 'nothing',
      why: 'The chat was opened for the first time',
    },
  ),
  {
    name: 'written in the app',
    body: envelope('smb_message_echoes', {
      messaging_product: 'whatsapp',
      metadata,
      message_echoes: [
        {
          from: '15550783881',
          to: '8613800000001',
          id: 'wamid.25',
          timestamp,
          type: 'text',
          text: { body: 'On the way' },
        },
        {
          from: '15550783881',
          to: '8613800000001',
          id: 'wamid.26',
          timestamp,
          type: 'revoke',
          revoke: { original_message_id: 'wamid.25' },
        },
      ],
    }),
    ids: ['wamid.25', 'wamid.26'],
    events: [
      {
        kind: 'echo',
        at,
        from: { address: '8613800000001', aliases: [{ kind: 'phone', value: '+8613800000001' }] },
        id: 'wamid.25',
        content: text('On the way'),
        ours: false,
      },
      {
        kind: 'recalled',
        at,
        from: { address: '8613800000001', aliases: [{ kind: 'phone', value: '+8613800000001' }] },
        messageId: 'wamid.25',
      },
    ],
  },
]

const userId = 'US.13491208655302741918'
const people: Sample[] = [
  {
    name: 'somebody without a number',
    body: envelope('messages', {
      messaging_product: 'whatsapp',
      metadata,
      contacts: [
        { profile: { name: 'Ann', username: '@ann' }, user_id: userId, parent_user_id: 'US.ENT.11815799212886844' },
      ],
      messages: [{ from_user_id: userId, id: 'wamid.30', timestamp, type: 'text', text: { body: 'Hi' } }],
    }),
    ids: ['wamid.30'],
    events: [
      {
        kind: 'message',
        at,
        from: { address: userId, aliases: [{ kind: 'union', value: 'US.ENT.11815799212886844' }], name: 'Ann' },
        id: 'wamid.30',
        content: text('Hi'),
      },
    ],
  },
  {
    name: 'somebody with both',
    body: envelope('messages', {
      messaging_product: 'whatsapp',
      metadata,
      contacts: [{ ...contact, user_id: userId }],
      messages: [
        { from: '8613800000001', from_user_id: userId, id: 'wamid.31', timestamp, type: 'text', text: { body: 'Hi' } },
      ],
    }),
    events: [
      {
        kind: 'message',
        at,
        from: {
          address: userId,
          aliases: [
            { kind: 'phone', value: '+8613800000001' },
            { kind: 'address', value: '8613800000001' },
          ],
          name: '林小姐',
        },
        id: 'wamid.31',
        content: text('Hi'),
      },
    ],
  },
  {
    name: 'another number',
    body: envelope('messages', {
      messaging_product: 'whatsapp',
      metadata,
      messages: [
        {
          from: '8613800000001',
          id: 'wamid.32',
          timestamp,
          type: 'system',
          system: { body: 'Lin changed', type: 'user_changed_number', wa_id: '8613800000009' },
        },
        {
          from: '8613800000001',
          id: 'wamid.33',
          timestamp,
          type: 'system',
          system: { body: 'Lin changed', type: 'user_changed_user_id', user_id: userId, previous_user_id: 'US.1' },
        },
        {
          from: '8613800000001',
          id: 'wamid.34',
          timestamp,
          type: 'system',
          system: { type: 'customer_identity_changed' },
        },
      ],
    }),
    events: [
      {
        kind: 'moved',
        at,
        from: { address: '8613800000001', aliases: [{ kind: 'phone', value: '+8613800000001' }] },
        toAddress: '8613800000009',
      },
      {
        kind: 'moved',
        at,
        from: {
          address: 'US.1',
          aliases: [
            { kind: 'phone', value: '+8613800000001' },
            { kind: 'address', value: '8613800000001' },
          ],
        },
        toAddress: userId,
      },
      { kind: 'nothing', why: 'System message of type customer_identity_changed' },
    ],
  },
]

const marks: Sample[] = [
  {
    name: 'marks in a batch',
    body: statuses(
      {
        id: 'wamid.40',
        status: 'sent',
        biz_opaque_callback_data: 'key-1',
        pricing: { billable: true, category: 'service' },
      },
      { id: 'wamid.40', status: 'delivered' },
      { id: 'wamid.40', status: 'read' },
      { id: 'wamid.41', status: 'played' },
      { id: 'wamid.42', status: 'deleted' },
    ),
    ids: ['wamid.40:sent', 'wamid.40:delivered', 'wamid.40:read', 'wamid.41:played', 'wamid.42:deleted'],
    events: [
      { kind: 'receipt', at, to: '8613800000001', state: 'sent', messageId: 'wamid.40', key: 'key-1' },
      { kind: 'receipt', at, to: '8613800000001', state: 'delivered', messageId: 'wamid.40' },
      { kind: 'receipt', at, to: '8613800000001', state: 'read', messageId: 'wamid.40' },
      { kind: 'receipt', at, to: '8613800000001', state: 'read', messageId: 'wamid.41' },
      { kind: 'nothing', why: 'Status deleted' },
    ],
  },
  {
    name: 'failed',
    body: statuses({
      id: 'wamid.43',
      status: 'failed',
      recipient_user_id: userId,
      errors: [
        { code: 131_047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours have passed' } },
      ],
    }),
    events: [
      {
        kind: 'receipt',
        at,
        to: userId,
        state: 'failed',
        messageId: 'wamid.43',
        problem: { code: 'window-closed', detail: 'More than 24 hours have passed', providerCode: '131047' },
      },
    ],
  },
]

const account = (name: string, field: string, value: JsonObject, event: ChannelEvent): Sample => ({
  name,
  body: envelope(field, value),
  events: [event],
})
const template = { message_template_id: 1_689_556_908_129_832, message_template_name: 'order_sent' }
const accounts: Sample[] = [
  account(
    'template approved',
    'message_template_status_update',
    { event: 'APPROVED', ...template, message_template_language: 'zh_CN', reason: 'NONE' },
    { kind: 'template', at, name: 'order_sent', language: 'zh_CN', state: 'approved' },
  ),
  account(
    'template rejected',
    'message_template_status_update',
    { event: 'REJECTED', ...template, message_template_language: 'zh_CN', reason: 'INVALID_FORMAT' },
    { kind: 'template', at, name: 'order_sent', language: 'zh_CN', state: 'rejected', reason: 'INVALID_FORMAT' },
  ),
  account(
    'account banned',
    'account_update',
    { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: '2026-07-01' } },
    { kind: 'account', at, problem: { code: 'account-restricted', detail: 'DISABLED_UPDATE DISABLE' } },
  ),
  account(
    'account taken away',
    'account_update',
    { event: 'PARTNER_REMOVED' },
    { kind: 'account', at, problem: { code: 'not-connected', detail: 'PARTNER_REMOVED' } },
  ),
  account(
    'quality fell',
    'phone_number_quality_update',
    { display_phone_number: '15550783881', event: 'DOWNGRADE', current_limit: 'TIER_250' },
    { kind: 'account', at, problem: { code: 'account-restricted', detail: 'DOWNGRADE TIER_250' } },
  ),
  {
    name: 'advertising not wanted, and wanted again by somebody with a user id',
    body: envelope('user_preferences', {
      user_preferences: [
        { wa_id: '8613800000001', category: 'marketing_messages', value: 'stop', timestamp: 1_782_900_000 },
        { user_id: userId, category: 'marketing_messages', value: 'resume', timestamp: 1_782_900_000 },
        { wa_id: '8613800000001', category: 'poems', value: 'more', timestamp: 1_782_900_000 },
        { category: 'marketing_messages', value: 'stop', timestamp: 1_782_900_000 },
      ],
    }),
    events: [
      {
        kind: 'consent',
        at,
        from: { address: '8613800000001', aliases: [{ kind: 'phone', value: '+8613800000001' }] },
        wanted: false,
        about: 'promotion',
      },
      { kind: 'consent', at, from: { address: userId }, wanted: true, about: 'promotion' },
      {
        kind: 'unknown',
        at,
        summary: 'Preference poems: more',
        from: { address: '8613800000001', aliases: [{ kind: 'phone', value: '+8613800000001' }] },
      },
      { kind: 'unknown', at, summary: 'Preference of nobody' },
    ],
  },
  account(
    'preferences of no shape',
    'user_preferences',
    {},
    { kind: 'unknown', at, summary: 'Preferences of no documented shape' },
  ),
  {
    name: 'for another business account',
    body: {
      object: 'whatsapp_business_account',
      entry: [
        { id: '999', time: 1_782_900_000, changes: [{ field: 'account_update', value: { event: 'PARTNER_REMOVED' } }] },
      ],
    },
    events: [{ kind: 'nothing', why: 'For another business account of the same app' }],
  },
  account('field of tomorrow', 'holograms', { a: 1 }, { kind: 'unknown', at, summary: 'Webhook field holograms' }),
  account(
    'error of the number',
    'messages',
    { messaging_product: 'whatsapp', metadata, errors: [{ code: 130_429, title: 'Rate limit hit' }] },
    { kind: 'account', at, problem: { code: 'rate-limited', detail: 'Rate limit hit', providerCode: '130429' } },
  ),
  account(
    'for another number',
    'messages',
    {
      messaging_product: 'whatsapp',
      metadata: { ...metadata, phone_number_id: '999' },
      messages: [{ from: '8613800000001', id: 'wamid.50', timestamp, type: 'text', text: { body: 'Hi' } }],
    },
    { kind: 'nothing', why: 'For another number of the same business account' },
  ),
]

export const changes: readonly Sample[] = [...later, ...people, ...marks, ...accounts]
