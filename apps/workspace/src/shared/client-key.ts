/** Names one command of this browser; a retry sends the same key, so that the server does it once. */
export const newClientKey = (): string => crypto.randomUUID()
