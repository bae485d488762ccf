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

export interface Attachments {
  agent_id: string | null;
  attempts: Generated<number>;
  bytes: number;
  contact_id: string | null;
  conversation_id: string | null;
  created_at: Timestamp;
  declared_mime: string | null;
  duration_ms: number | null;
  failure: string | null;
  file_type: string;
  height: number | null;
  id: string;
  inbox_id: string;
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

export interface SchemaMigrations {
  applied_at: Generated<Timestamp>;
  checksum: string;
  name: string;
  number: number;
}

export interface DB {
  attachments: Attachments;
  schema_migrations: SchemaMigrations;
}
