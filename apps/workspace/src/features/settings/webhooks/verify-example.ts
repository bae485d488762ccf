/** How a receiver checks the signature with the library of Standard Webhooks. */
export const verifyExample = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.QIAO_WEBHOOK_SECRET)
// The raw body, before any JSON parser has touched it. Throws when the signature or the time is wrong.
const event = webhook.verify(rawBody, request.headers)
`
