/** How long to wait in milliseconds, when an answer says so in seconds (RFC 9110 §10.2.3); null when it does not. */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}
