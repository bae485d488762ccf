import { defineChannel } from '../contract.ts'
import { acceptMessaging } from '../families/meta/messaging-accept.ts'
import { metaSetup, subscribe, unsubscribe } from '../families/meta/messaging-lifecycle.ts'
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
import { check, fields } from './check.ts'
import { type Config, config } from './config.ts'
import { wordsAt } from '../words-at.ts'

export const messenger = defineChannel<Config>({
  about: {
    id: 'messenger',
    name: { zh: 'Messenger', en: 'Messenger' },
    summary: { zh: 'Facebook 主页的私信', en: 'Messages to a Facebook Page' },
    colour: '#0a7cff',
    icon: 'M12 2C6.4 2 2 6.1 2 11.5c0 2.9 1.2 5.3 3.2 7V22l3.1-1.7c1.1.3 2.4.5 3.7.5 5.6 0 10-4 10-9.3S17.6 2 12 2Zm1 12.3-2.6-2.7-5 2.7 5.5-5.8 2.6 2.7 4.9-2.7Z',
    docs: 'messenger',
    addressScope: 'app',
  },
  config,
  capabilities,
  address: (text) => (/^\d{5,32}$/.test(text.trim()) ? text.trim() : null),
  webhook: { accept: acceptMessaging },
  normalise: (data, { pageId, appId }) => normaliseMessaging(data, { accountId: pageId, appId }),
  render: (message) => renderMessaging(message, { capabilities, media: 'upload' }),
  wordsIn: ({ request }) => wordsAt(request, 'message', 'text'),
  send: (part, context) => sendMessaging(part, context, context.idempotencyKey),
  revise: (change, context) => reactMessaging(change, context),
  fetchMedia: fetchMessagingMedia,
  signal: signalMessaging,
  profile: (address, context) => profileOf(address, 'first_name,last_name,profile_pic,locale', context),
  // https://developers.facebook.com/docs/messenger-platform/discovery/m-me-links
  entrance: (parameter, { config: { pageId } }) =>
    Promise.resolve({ url: `https://m.me/${pageId}?ref=${encodeURIComponent(parameter)}`, as: 'link', endsAt: null }),
  lifecycle: {
    connect: (context) => subscribe(context, fields),
    disconnect: unsubscribe,
    check,
    setup: (callbackUrl, settings) => metaSetup(callbackUrl, settings, fields),
  },
})
