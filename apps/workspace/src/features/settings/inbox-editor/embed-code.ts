/** What a developer copies into a site. Everything that is filled in is escaped for the place where it stands. */
const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const withoutSlash = (origin: string): string => origin.replace(/\/+$/, '')

export const embedCode = (origin: string, inboxKey: string): string =>
  `<script async src="${escapeAttribute(withoutSlash(origin))}/widget.js" data-inbox="${escapeAttribute(inboxKey)}"></script>`

/** The same chat as a full page, for links, WebViews and QR codes. */
export const chatLink = (origin: string, inboxKey: string): string =>
  `${withoutSlash(origin)}/chat/${encodeURIComponent(inboxKey)}`

export const identityServerExample = `import { SignJWT } from 'jose'

// On your server, for a customer who is signed in. Never send the secret to the browser.
const token = await new SignJWT({ name: customer.name, email: customer.email, phone: customer.phone })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(customer.id)
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(process.env.QIAO_IDENTITY_SECRET))
`

export const identityBrowserExample = `<script>
  // In the page. The chat so far comes along; Qiao('logout') forgets the customer.
  window.Qiao = window.Qiao || function () { (Qiao.q = Qiao.q || []).push(arguments) }
  Qiao('identify', token)
</script>
`
