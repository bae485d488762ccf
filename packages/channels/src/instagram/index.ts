import { defineChannel } from '../contract.ts'
import { acceptMessaging } from '../families/meta/messaging-accept.ts'
import { metaSetup, subscribe, unsubscribe } from '../families/meta/messaging-lifecycle.ts'
import { normaliseMessaging } from '../families/meta/messaging-normalise.ts'
import { renderMessaging } from '../families/meta/messaging-render.ts'
import { fetchMessagingMedia, profileOf, sendMessaging, signalMessaging } from '../families/meta/messaging-send.ts'
import { capabilities } from './capabilities.ts'
import { check, fields, subscribedFields } from './check.ts'
import { renderComment, sendComment } from './comments.ts'
import { type Config, config } from './config.ts'

export const instagram = defineChannel<Config>({
  about: {
    id: 'instagram',
    name: { zh: 'Instagram', en: 'Instagram' },
    summary: { zh: 'Instagram 专业账户的私信与评论', en: 'Messages and comments of an Instagram professional account' },
    colour: '#d62976',
    icon: 'M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5Zm0 2a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V7a3 3 0 0 0-3-3Zm5 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10Zm0 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm5-3a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z',
    docs: 'instagram',
    addressScope: 'app',
  },
  config,
  capabilities,
  address: (text) => (/^\d{5,32}$/.test(text.trim()) ? text.trim() : null),
  webhook: { accept: acceptMessaging },
  normalise: normaliseMessaging,
  render: (message) =>
    message.thread ? renderComment(message) : renderMessaging(message, { capabilities, media: 'link' }),
  send: (part, context) => ('comment' in part.request ? sendComment(part, context) : sendMessaging(part, context)),
  fetchMedia: fetchMessagingMedia,
  signal: signalMessaging,
  profile: (address, context) => profileOf(address, 'name,username,profile_pic', context),
  lifecycle: {
    connect: (context) => subscribe(context, subscribedFields(context.config)),
    disconnect: unsubscribe,
    check,
    setup: (callbackUrl, settings) => metaSetup(callbackUrl, settings, fields),
  },
})
