// Written by `npm run generate` from the migrated database. Do not edit.
export type DB = Record<never, never>
