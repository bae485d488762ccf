import { config } from 'zod'

/**
 * zod compiles its schemas with `new Function` where it may. Pages forbid that by their policy, and each try is reported
 * as a violation; the server keeps it for its speed. Imported first, because zod decides while a schema is being made.
 */
if ('document' in globalThis) config({ jitless: true })
