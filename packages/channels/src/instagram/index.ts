import { defineChannel } from '../contract.ts'
import { acceptMessaging } from '../families/meta/messaging-accept.ts'
import { metaSetup, subscribe, unsubscribe } from '../families/meta/messaging-lifecycle.ts'
import { renderPrivately } from '../families/meta/messaging-privately.ts'
import { normaliseMessaging } from '../families/meta/messaging-normalise.ts'
import { renderMessaging } from '../families/meta/messaging-render.ts'
import {
  fetchMessagingMedia,
  profileOf,
  reactMessaging,
  sendMessaging,
  signalMessaging,
} from '../families/meta/messaging-send.ts'
import { capabilities } from './capabilities.ts'
import { check, fields, subscribedFields } from './check.ts'
import { renderComment, sendComment } from './comments.ts'
import { type Config, config } from './config.ts'
import { wordsAt } from '../words-at.ts'
import { completeMention, sendMention } from './mentions.ts'
import { renewal } from './renewal.ts'

export const instagram = defineChannel<Config>({
  about: {
    id: 'instagram',
    name: { zh: 'Instagram', en: 'Instagram' },
    summary: {
      zh: 'Instagram 专业账户的私信、评论与提及',
      en: 'Messages, comments and mentions of an Instagram professional account',
    },
    colour: '#d62976',
    icon: 'M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5Zm0 2a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V7a3 3 0 0 0-3-3Zm5 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10Zm0 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm5-3a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z',
    docs: 'instagram',
    addressScope: 'app',
  },
  config,
  capabilities,
  address: (text) => (/^\d{5,32}$/.test(text.trim()) ? text.trim() : null),
  webhook: { accept: acceptMessaging },
  complete: completeMention,
  normalise: normaliseMessaging,
  render: (message) =>
    message.privately !== undefined
      ? renderPrivately(message, capabilities)
      : message.thread
        ? renderComment(message)
        : renderMessaging(message, { capabilities, media: 'link' }),
  wordsIn: ({ request }) => wordsAt(request, 'message') || wordsAt(request, 'message', 'text'),
  send: (part, context) =>
    'mention' in part.request
      ? sendMention(part, context)
      : 'comment' in part.request
        ? sendComment(part, context)
        : sendMessaging(part, context),
  revise: (change, context) => reactMessaging(change, context, () => 'love'),
  fetchMedia: fetchMessagingMedia,
  signal: signalMessaging,
  // Those who mention us are known by a user name, which nothing can be asked about.
  profile: async (address, context) =>
    /^\d+$/.test(address) ? profileOf(address, 'name,username,profile_pic', context) : null,
  renewal,
  lifecycle: {
    connect: (context) => subscribe(context, subscribedFields(context.config)),
    disconnect: unsubscribe,
    check,
    setup: (callbackUrl, settings) => metaSetup(callbackUrl, settings, fields),
  },
})
