// Written by `npm run generate` from the migrated database. Do not edit.
import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Acknowledgements {
  address: string;
  at: Timestamp;
  entry_id: string;
  inbox_id: string;
}

export interface AgentReads {
  agent_id: string;
  conversation_id: string;
  received_count: number;
  seq: Generated<number>;
}

export interface Agents {
  avatar_url: string | null;
  created_at: Timestamp;
  disabled_at: Timestamp | null;
  email: string;
  email_verified: Generated<boolean>;
  id: string;
  last_seen_at: Timestamp | null;
  name: string;
  number: string | null;
  preferences: Generated<Json>;
  public_name: string | null;
  role: Generated<string>;
  time_zone: string | null;
  two_factor_enabled: Generated<boolean>;
  updated_at: Timestamp;
}

export interface AgentSkills {
  agent_id: string;
  level: number;
  skill_id: string;
}

export interface AgentSockets {
  agent_id: string;
  connected_at: Timestamp;
  id: string;
  node_id: string;
}

export interface AgentStates {
  agent_id: string;
  by_agent_id: string | null;
  cause: string;
  id: string;
  present: boolean;
  reason_id: string | null;
  since: Timestamp;
  state: string;
  until: Timestamp | null;
}

export interface AgentWork {
  agent_id: string;
  changed_in: Generated<string>;
  gained: Generated<number>;
  gone_at: Timestamp | null;
  idle_since: Timestamp;
  languages: Generated<string[]>;
  last_offer_at: Timestamp | null;
  misses: Generated<number>;
  offers_count: Generated<number>;
  present: Generated<boolean>;
  profile_changed_at: Timestamp | null;
  profile_changed_by: string | null;
  profile_id: string | null;
  profile_version: Generated<number>;
  reason_id: string | null;
  since: Timestamp;
  state: Generated<string>;
  version: Generated<number>;
  weight: Generated<number>;
}

export interface AnswerWays {
  conversation_id: string;
  current: boolean;
  identity_id: string;
  since: Timestamp;
}

export interface ApiKeys {
  agent_id: string;
  created_at: Timestamp;
  expires_at: Timestamp | null;
  id: string;
  last_used_at: Timestamp | null;
  name: string;
  prefix: string;
  role: string;
  secret_hash: Buffer;
}

export interface Appointments {
  conversation_id: string;
  entry_id: string;
  inbox_id: string;
  uid: string;
}

export interface Arrivals {
  act: string;
  at: Timestamp;
  event_key: string;
  identity_id: string;
  parameter: string;
  words: string;
}

export interface Attachments {
  agent_id: string | null;
  attempts: Generated<number>;
  bytes: number;
  contact_id: string | null;
  conversation_id: string | null;
  created_at: Timestamp;
  declared_mime: string | null;
  derived_from: string | null;
  duration_ms: number | null;
  failure: string | null;
  file_type: string;
  height: number | null;
  id: string;
  inbox_id: string;
  internal: Generated<boolean>;
  kind: string;
  mime: string;
  name: string;
  progress: Generated<number>;
  sha256: Buffer;
  state: string;
  storage_key: string;
  used_at: Timestamp | null;
  variants: Generated<Json>;
  width: number | null;
}

export interface Attempts {
  count: number;
  key: string;
  started_at: Timestamp;
}

export interface AuditEvents {
  action: string;
  agent_id: string | null;
  at: Timestamp;
  details: Generated<Json>;
  id: string;
  ip_address: string | null;
  target_id: string | null;
  target_type: string;
}

export interface AuthAccounts {
  access_token: string | null;
  access_token_expires_at: Timestamp | null;
  account_id: string;
  created_at: Timestamp;
  id: string;
  id_token: string | null;
  password: string | null;
  provider_id: string;
  refresh_token: string | null;
  refresh_token_expires_at: Timestamp | null;
  scope: string | null;
  updated_at: Timestamp;
  user_id: string;
}

export interface AuthSessions {
  created_at: Timestamp;
  expires_at: Timestamp;
  id: string;
  ip_address: string | null;
  token: string;
  updated_at: Timestamp;
  user_agent: string | null;
  user_id: string;
}

export interface AuthTwoFactors {
  backup_codes: string;
  failed_count: number | null;
  id: string;
  locked_until: Timestamp | null;
  secret: string;
  user_id: string;
  verified: boolean | null;
}

export interface AuthVerifications {
  created_at: Timestamp;
  expires_at: Timestamp;
  id: string;
  identifier: string;
  updated_at: Timestamp;
  value: string;
}

export interface BindUses {
  identity_id: string;
  token_hash: Buffer;
  used_at: Timestamp;
}

export interface Calendars {
  always_open: Generated<boolean>;
  changed_at: Timestamp | null;
  changed_by: string | null;
  created_at: Timestamp;
  holidays: Generated<Json>;
  id: string;
  name: string;
  time_zone: string;
  version: Generated<number>;
  weekly: Json;
}

export interface CapacityProfiles {
  changed_at: Timestamp | null;
  changed_by: string | null;
  channels: Json;
  created_at: Timestamp;
  id: string;
  name: string;
  pick_margin_units: Generated<number>;
  standard: Generated<boolean>;
  units: number;
  version: Generated<number>;
}

export interface ChannelAccess {
  ends_at: Timestamp | null;
  fingerprint: string;
  inbox_id: string;
  problem: Json | null;
  renewed_at: Timestamp | null;
  seen_at: Timestamp;
  tried_at: Timestamp | null;
}

export interface ChannelAccounts {
  callback_key: string;
  changed_at: Timestamp | null;
  changed_by: string | null;
  config: string | null;
  inbox_id: string;
  last_problem: Json | null;
  last_problem_at: Timestamp | null;
  last_received_at: Timestamp | null;
  last_refusal: string | null;
  last_refused_at: Timestamp | null;
  last_sent_at: Timestamp | null;
  previous_config: string | null;
  previous_until: Timestamp | null;
  pull_state: Json | null;
  refused_count: Generated<number>;
  version: Generated<number>;
}

export interface ChannelEvents {
  attempts: Generated<number>;
  data: Json;
  event_id: string;
  id: Generated<number>;
  inbox_id: string;
  order_key: string;
  position: number;
  reason: string | null;
  received_at: Timestamp;
  retry_at: Timestamp | null;
  state: Generated<string>;
}

export interface ChannelMessages {
  conversation_id: string;
  entry_id: string;
  identity_id: string;
  message_id: string;
  ours: boolean;
  public_seq: number;
}

export interface ChannelTokens {
  expires_at: Timestamp;
  inbox_id: string;
  name: string;
  value: string;
}

export interface ContactMerges {
  agent_id: string | null;
  at: Timestamp;
  cause: string;
  changes: Generated<Json>;
  client_key: string | null;
  from_id: string;
  id: string;
  identity_ids: string[];
  into_id: string;
  trail_ids: string[];
  undone_at: Timestamp | null;
  undone_by: string | null;
}

export interface Contacts {
  attributes: Generated<Json>;
  avatar_url: string | null;
  blocked_at: Timestamp | null;
  created_at: Timestamp;
  device: Json | null;
  email: string | null;
  external_id: string | null;
  id: string;
  language: string | null;
  last_seen_at: Timestamp | null;
  merged_into: string | null;
  name: string | null;
  phone: string | null;
  time_zone: string | null;
  version: Generated<number>;
}

export interface ContactsApart {
  agent_id: string | null;
  at: Timestamp;
  contact_id: string;
  merge_id: string | null;
  other_id: string;
}

export interface ContactTrail {
  at: Timestamp;
  body: Json;
  contact_id: string;
  id: string;
  identity_id: string | null;
  kind: string;
}

export interface ContinuedConversations {
  conversation_id: string;
  current: boolean;
  identity_id: string;
  since: Timestamp;
}

export interface ConversationPeople {
  address: string;
  conversation_id: string;
  how: string;
  identity_id: string | null;
  since: Timestamp;
}

export interface Conversations {
  agent_read_seq: Generated<number>;
  assignee_id: string | null;
  close_reason: string | null;
  closed_at: Timestamp | null;
  consults: Generated<Json>;
  contact_delivered_seq: Generated<number>;
  contact_id: string;
  contact_read_count: Generated<number>;
  contact_read_seq: Generated<number>;
  created_at: Timestamp;
  first_reply_at: Timestamp | null;
  id: string;
  identity_id: string;
  inbox_id: string;
  involved_ids: Generated<string[]>;
  language: string | null;
  last_activity_at: Timestamp;
  last_message: Json | null;
  last_public_seq: Generated<number>;
  last_seq: Generated<number>;
  merged_into_id: string | null;
  number: Generated<number>;
  participant_ids: Generated<string[]>;
  queue: Json | null;
  received_count: Generated<number>;
  sent_count: Generated<number>;
  sent_seq: number | null;
  silence_warned_at: Timestamp | null;
  snoozed_until: Timestamp | null;
  start_key: string;
  state: string;
  subject: string | null;
  survey: Json | null;
  tags: Generated<string[]>;
  team_id: string | null;
  undelivered: Generated<string[]>;
  waiting_since: Timestamp | null;
}

export interface CustomerPresence {
  contact_id: string;
  inbox_id: string;
  node_id: string;
}

export interface Deliveries {
  allowance: string | null;
  attempts: Generated<number>;
  changed_at: Timestamp;
  conversation_id: string;
  created_at: Timestamp;
  entry_id: string;
  identity_id: string;
  inbox_id: string;
  next_attempt_at: Timestamp | null;
  only_to: string[] | null;
  problem: Json | null;
  public_seq: number;
  round: Generated<number>;
  seq: number;
  state: Generated<string>;
  trying_since: Timestamp | null;
}

export interface DeliveryChanges {
  attempts: Generated<number>;
  conversation_id: string;
  created_at: Timestamp;
  entry_id: string;
  kind: string;
  next_attempt_at: Timestamp | null;
  problem: Json | null;
  seq: number;
  state: Generated<string>;
  target_id: string;
}

export interface DeliveryParts {
  answers: Generated<boolean>;
  attachment_ids: Generated<string[]>;
  attempts: Generated<number>;
  entry_id: string;
  message_id: string | null;
  number: number;
  problem: Json | null;
  request: Json;
  sent_at: Timestamp | null;
  spent: Generated<Json>;
  state: Generated<string>;
}

export interface DispositionCodes {
  created_at: Timestamp;
  id: string;
  names: Json;
  queue_ids: Generated<string[]>;
  retired_at: Timestamp | null;
}

export interface Drafts {
  agent_id: string;
  body: Json;
  conversation_id: string;
  updated_at: Timestamp;
}

export interface EnteredBy {
  code_id: string;
  identity_id: string;
}

export interface EntranceCodes {
  ends_at: Timestamp | null;
  id: string;
  inbox_id: string;
  made_at: Timestamp;
  made_by: string | null;
  name: string;
  parameter: string;
  queue_id: string | null;
  shape: string;
  team_id: string | null;
  url: string;
  wants_agent: string | null;
}

export interface Entries {
  at: Timestamp;
  author_id: string | null;
  author_type: string;
  body: Json;
  client_index: Generated<number>;
  client_key: string;
  conversation_id: string;
  id: string;
  kind: string;
  public_seq: number | null;
  revision: Json | null;
  seq: number;
  transaction_id: Generated<string>;
}

export interface FeedCursors {
  conversation_id: Generated<string>;
  name: string;
  seq: Generated<number>;
  transaction_id: string;
}

export interface FirstMailDrafts {
  agent_id: string;
  inbox_id: string;
  mail: Json;
  updated_at: Timestamp;
}

export interface Identities {
  address: string;
  contact_id: string;
  created_at: Timestamp;
  id: string;
  inbox_id: string;
  moved_to: string | null;
  peer_address: string | null;
  thread_key: string | null;
  thread_kind: string | null;
  thread_title: string | null;
  verified: Generated<boolean>;
}

export interface IdentityAliases {
  identity_id: string;
  kind: string;
  seen_at: Timestamp;
  value: string;
}

export interface IdentityProofs {
  identity_id: string;
  kind: string;
  proven_at: Timestamp;
  value: string;
}

export interface Inboxes {
  calendar_id: string | null;
  changed_at: Timestamp | null;
  changed_by: string | null;
  channel: string;
  created_at: Timestamp;
  id: string;
  key: string;
  name: string;
  paused_at: Timestamp | null;
  settings: Generated<Json>;
  version: Generated<number>;
}

export interface InboxSecrets {
  created_at: Timestamp;
  expires_at: Timestamp | null;
  id: string;
  inbox_id: string;
  prefix: string;
  value: string;
}

export interface InboxSignIns {
  changed_at: Timestamp | null;
  changed_by: string | null;
  fields: Json;
  inbox_id: string;
  secret: string | null;
  version: Generated<number>;
}

export interface InboxTeams {
  inbox_id: string;
  team_id: string;
}

export interface Invitations {
  created_at: Timestamp;
  email: string;
  expires_at: Timestamp;
  id: string;
  invited_by: string | null;
  role: string;
  team_ids: Generated<string[]>;
  token_hash: Buffer;
}

export interface MailBodies {
  agent_id: string | null;
  conversation_id: string | null;
  created_at: Timestamp;
  files: Generated<Json>;
  html: string | null;
  id: string;
  inbox_id: string;
  original: string | null;
  quoted_html: string | null;
  quoted_text: Generated<string>;
  remote_images: Generated<number>;
  signature: Generated<string>;
  signature_html: string | null;
  text: string;
  used_at: Timestamp | null;
}

export interface MailTemplates {
  html: string;
  id: string;
  inbox_id: string | null;
  name: string;
  subject: Generated<string>;
  updated_at: Timestamp;
}

export interface Mentions {
  agent_id: string;
  at: Timestamp;
  conversation_id: string;
  seq: number;
}

export interface MessageTemplates {
  category: string;
  changed_at: Timestamp;
  components: Generated<Json>;
  header: string | null;
  id: string;
  inbox_id: string;
  language: string;
  name: string;
  parameters: Generated<Json>;
  places: Generated<Json>;
  reason: string | null;
  state: string;
  text: string;
  title: string | null;
}

export interface Offers {
  agent_id: string;
  decision_id: string;
  ended_at: Timestamp | null;
  expires_at: Timestamp;
  id: string;
  item_id: string;
  made_at: Timestamp;
  outcome: string | null;
  reason_id: string | null;
  rings_until: Timestamp | null;
}

export interface OpenCalls {
  address: string;
  closed: Generated<boolean>;
  entry_id: string | null;
  event_id: string;
  inbox_id: string;
  number: number | null;
  open_until: Timestamp;
  tries: Generated<number>;
}

export interface Organisation {
  default_language: string;
  name: string;
  only_row: Generated<boolean>;
  time_zone: string;
}

export interface OutwardReads {
  conversation_id: string;
  public_seq: number;
}

export interface PrivateReplies {
  claimed_at: Timestamp;
  client_key: string;
  comment_id: string;
  conversation_id: string | null;
  entry_id: string | null;
}

export interface QueueHookSecrets {
  created_at: Timestamp;
  expires_at: Timestamp | null;
  id: string;
  queue_id: string;
  value: string;
}

export interface Queues {
  calendar_id: string | null;
  changed_at: Timestamp | null;
  changed_by: string | null;
  created_at: Timestamp;
  deleted_at: Timestamp | null;
  id: string;
  moved_to: string | null;
  name: string;
  paused_at: Timestamp | null;
  settings: Generated<Json>;
  version: Generated<number>;
}

export interface ReasonCodes {
  created_at: Timestamp;
  id: string;
  kind: string;
  names: Json;
  retired_at: Timestamp | null;
}

export interface ReplyLedgers {
  grants: Generated<Json>;
  held_at: Timestamp | null;
  identity_id: string;
  no_promotion: string | null;
  opted_out: Generated<boolean>;
  stopped_at: Timestamp | null;
  stopped_by: string | null;
  wrote_at: Timestamp | null;
}

export interface RoutingDecisions {
  agent_ids: string[];
  at: Timestamp;
  candidates: Json;
  chosen_by: string;
  id: string;
  item_id: string;
  policy: string;
  preferred: boolean;
  queue_id: string;
  score: number;
  seen_before: string | null;
  step: number;
}

export interface RoutingEvents {
  at: Timestamp;
  body: Json;
  id: string;
  kind: string;
  transaction_id: Generated<string>;
}

export interface SavedPlaces {
  address: Generated<string>;
  created_at: Timestamp;
  id: string;
  latitude: number;
  longitude: number;
  title: string;
}

export interface ScheduledReplies {
  agent_id: string;
  changed_at: Timestamp;
  client_key: string;
  content: Json;
  conversation_id: string | null;
  created_at: Timestamp;
  id: string;
  inbox_id: string | null;
  problem: Json | null;
  reply_to_id: string | null;
  send_at: Timestamp;
  state: string;
  writing: Json | null;
}

export interface SchemaMigrations {
  applied_at: Generated<Timestamp>;
  checksum: string;
  name: string;
  number: number;
}

export interface SendRates {
  free_at: Timestamp;
  key: string;
}

export interface ServerNodes {
  id: string;
  seen_at: Timestamp;
}

export interface SignInAttempts {
  admitted: Json | null;
  browser_hash: Buffer;
  code_verifier: string;
  expires_at: Timestamp;
  id: string;
  inbox_id: string;
  nonce: string;
  state_hash: Buffer;
  used_at: Timestamp | null;
}

export interface Skills {
  created_at: Timestamp;
  id: string;
  name: string;
}

export interface TeamMembers {
  agent_id: string;
  team_id: string;
}

export interface Teams {
  created_at: Timestamp;
  description: Generated<string>;
  id: string;
  name: string;
}

export interface TemplateLists {
  inbox_id: string;
  problem: Json | null;
  refreshed_at: Timestamp | null;
}

export interface ToldStays {
  entry_id: string;
  item_id: string;
  kind: string;
  options: Generated<Json>;
  position: number | null;
  step: string;
  told_at: Timestamp;
}

export interface UnreachableAddresses {
  address: string;
  at: Timestamp;
  inbox_id: string;
  problem: Json;
}

export interface VisitorSessions {
  contact_id: string;
  created_at: Timestamp;
  ended_at: Timestamp | null;
  ended_reason: string | null;
  expires_at: Timestamp | null;
  id: string;
  identity_id: string;
  inbox_id: string;
  last_used_at: Timestamp;
  token_hash: Buffer;
  wants_agent: string | null;
}

export interface WebhookDeliveries {
  attempts: Generated<number>;
  created_at: Timestamp;
  entry_id: string;
  event: string;
  give_up_at: Timestamp;
  id: string;
  last_error: string | null;
  last_response: string | null;
  last_status: number | null;
  next_attempt_at: Timestamp | null;
  payload: Json;
  state: string;
  webhook_id: string;
}

export interface Webhooks {
  created_at: Timestamp;
  description: string;
  enabled: boolean;
  events: string[];
  failing_since: Timestamp | null;
  id: string;
  paused_until: Timestamp | null;
  url: string;
}

export interface WebhookSecrets {
  created_at: Timestamp;
  expires_at: Timestamp | null;
  id: string;
  value: string;
  webhook_id: string;
}

export interface WorkItems {
  accepted_at: Timestamp | null;
  agent_id: string | null;
  alarmed_at: Timestamp | null;
  callback_phone: string | null;
  changed_in: Generated<string>;
  channel: string;
  conversation_id: string;
  created_at: Timestamp;
  customer_gone_at: Timestamp | null;
  declined: Generated<Json>;
  disposition_id: string | null;
  due_at: Timestamp | null;
  ended_at: Timestamp | null;
  entered_at: Timestamp;
  id: string;
  kept_since: Timestamp | null;
  language: string | null;
  left_queue_at: Timestamp | null;
  preferred_agent_id: string | null;
  preferred_until: Timestamp | null;
  previous_id: string | null;
  priority: Generated<number>;
  purpose: string;
  queue_id: string | null;
  queue_outcome: string | null;
  silent_since: Timestamp | null;
  state: string;
  steps: Generated<Json>;
  told_at: Timestamp | null;
  told_high_seconds: number | null;
  told_low_seconds: number | null;
  version: Generated<number>;
  wrap_extended: Generated<boolean>;
  wrap_note: string | null;
  wrap_until: Timestamp | null;
  wrapped_at: Timestamp | null;
}

export interface DB {
  acknowledgements: Acknowledgements;
  agent_reads: AgentReads;
  agent_skills: AgentSkills;
  agent_sockets: AgentSockets;
  agent_states: AgentStates;
  agent_work: AgentWork;
  agents: Agents;
  answer_ways: AnswerWays;
  api_keys: ApiKeys;
  appointments: Appointments;
  arrivals: Arrivals;
  attachments: Attachments;
  attempts: Attempts;
  audit_events: AuditEvents;
  auth_accounts: AuthAccounts;
  auth_sessions: AuthSessions;
  auth_two_factors: AuthTwoFactors;
  auth_verifications: AuthVerifications;
  bind_uses: BindUses;
  calendars: Calendars;
  capacity_profiles: CapacityProfiles;
  channel_access: ChannelAccess;
  channel_accounts: ChannelAccounts;
  channel_events: ChannelEvents;
  channel_messages: ChannelMessages;
  channel_tokens: ChannelTokens;
  contact_merges: ContactMerges;
  contact_trail: ContactTrail;
  contacts: Contacts;
  contacts_apart: ContactsApart;
  continued_conversations: ContinuedConversations;
  conversation_people: ConversationPeople;
  conversations: Conversations;
  customer_presence: CustomerPresence;
  deliveries: Deliveries;
  delivery_changes: DeliveryChanges;
  delivery_parts: DeliveryParts;
  disposition_codes: DispositionCodes;
  drafts: Drafts;
  entered_by: EnteredBy;
  entrance_codes: EntranceCodes;
  entries: Entries;
  feed_cursors: FeedCursors;
  first_mail_drafts: FirstMailDrafts;
  identities: Identities;
  identity_aliases: IdentityAliases;
  identity_proofs: IdentityProofs;
  inbox_secrets: InboxSecrets;
  inbox_sign_ins: InboxSignIns;
  inbox_teams: InboxTeams;
  inboxes: Inboxes;
  invitations: Invitations;
  mail_bodies: MailBodies;
  mail_templates: MailTemplates;
  mentions: Mentions;
  message_templates: MessageTemplates;
  offers: Offers;
  open_calls: OpenCalls;
  organisation: Organisation;
  outward_reads: OutwardReads;
  private_replies: PrivateReplies;
  queue_hook_secrets: QueueHookSecrets;
  queues: Queues;
  reason_codes: ReasonCodes;
  reply_ledgers: ReplyLedgers;
  routing_decisions: RoutingDecisions;
  routing_events: RoutingEvents;
  saved_places: SavedPlaces;
  scheduled_replies: ScheduledReplies;
  schema_migrations: SchemaMigrations;
  send_rates: SendRates;
  server_nodes: ServerNodes;
  sign_in_attempts: SignInAttempts;
  skills: Skills;
  team_members: TeamMembers;
  teams: Teams;
  template_lists: TemplateLists;
  told_stays: ToldStays;
  unreachable_addresses: UnreachableAddresses;
  visitor_sessions: VisitorSessions;
  webhook_deliveries: WebhookDeliveries;
  webhook_secrets: WebhookSecrets;
  webhooks: Webhooks;
  work_items: WorkItems;
}
