import ipaddr from 'ipaddr.js'

/** Public by its number, but answered inside the cloud: Azure's host agent, which hands out credentials. */
const insideClouds = new Set(['168.63.129.16'])

/**
 * Whether an IP address belongs to the open internet. What is not plainly global unicast is not: loopback, private,
 * link-local (cloud metadata), shared (CGNAT), multicast, documentation, and IPv6 forms that carry an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast' || insideClouds.has(parsed.toString())) return false
  // The library calls unicast whatever it has no name for; of IPv6 only 2000::/3 has been given out.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(ipaddr.IPv6.parse('2000::'), 3)
}
