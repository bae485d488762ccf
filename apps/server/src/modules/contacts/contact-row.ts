import type { Contact } from '@qiao/protocol'

export interface ContactRow {
  id: string
  name: string | null
  email: string | null
  phone: string | null
  external_id: string | null
  avatar_url: string | null
  language: string | null
  time_zone: string | null
  attributes: Contact['attributes']
  device: Contact['device']
  blocked_at: Date | null
  created_at: Date
  last_seen_at: Date | null
  version: number
}

export const contactColumns =
  'id, name, email, phone, external_id, avatar_url, language, time_zone, attributes, device, blocked_at, created_at, last_seen_at, version'

export const toContact = (row: ContactRow): Contact => ({
  id: row.id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  externalId: row.external_id,
  avatarUrl: row.avatar_url,
  language: row.language,
  timeZone: row.time_zone,
  attributes: row.attributes,
  device: row.device,
  blockedAt: row.blocked_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  version: row.version,
})
