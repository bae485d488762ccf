import type { InboxSettings } from '@qiao/protocol'

type Rules = Pick<InboxSettings, 'allowedDomains' | 'audience'>

/**
 * Whether a page of this origin may embed the chat. `example.com` is that host only, `*.example.com` all below it; a rule
 * without a port fits every port. No rules allow everybody; otherwise a page that does not say where it is may not. To staff
 * the page around the chat is told what is said in it, so that without rules none may embed theirs.
 */
export function originAllowed({ allowedDomains, audience }: Rules, origin: string | undefined): boolean {
  if (allowedDomains.length === 0) return audience === 'customers'
  if (!origin || !URL.canParse(origin)) return false
  const { protocol, hostname, port } = new URL(origin)
  if (protocol !== 'https:' && protocol !== 'http:') return false
  return allowedDomains.some((rule) => {
    const [host = '', rulePort] = rule.split(':')
    if (rulePort && rulePort !== (port || (protocol === 'https:' ? '443' : '80'))) return false
    return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host
  })
}
