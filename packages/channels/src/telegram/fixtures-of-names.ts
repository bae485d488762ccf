import type { Update } from 'grammy/types'
import type { Fixture } from '../conformance-kit.ts'
import type { ChannelEvent, EventOf, Peer, Thread } from '../events.ts'

type User = { id: number; is_bot: boolean; first_name: string; last_name: string; language_code: string }
type Private = { id: number; type: 'private'; first_name: string; last_name: string }
interface Samples {
  updateFixture: (name: string, update: Update, ...events: ChannelEvent[]) => Fixture
  said: { message_id: number; date: number; chat: Private; from: User }
  message: Omit<EventOf<'message'>, 'content' | 'from'>
  from: Peer
  user: User
  group: { id: number; type: 'supergroup'; title: string }
  thread: Thread
}

/** Who somebody is: by a user name, or in the name of a chat. */
export const fixturesOfNames = ({ updateFixture, said, message, from, user, group, thread }: Samples): Fixture[] => [
  updateFixture(
    'a message of somebody with a user name',
    { update_id: 20, message: { ...said, from: { ...user, username: 'lina' }, text: 'Hello' } },
    {
      ...message,
      from: { ...from, attributes: { username: 'lina' } },
      content: { type: 'text', text: 'Hello', markup: 'none' },
    },
  ),
  updateFixture(
    'a message of an admin who stays anonymous',
    {
      update_id: 21,
      message: {
        ...said,
        chat: group,
        text: 'Welcome',
        sender_chat: group,
        from: { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
      },
    },
    {
      ...message,
      from: { address: thread.key, name: 'Neighbours' },
      id: '-1001234567890/12',
      content: { type: 'text', text: 'Welcome', markup: 'none' },
      thread,
    },
  ),
  updateFixture(
    'a post of the channel of a group',
    {
      update_id: 22,
      message: {
        ...said,
        chat: group,
        text: 'News',
        is_automatic_forward: true,
        sender_chat: { id: -1_001_999_999_999, type: 'channel', title: 'News' },
        from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
      },
    },
    { kind: 'nothing', why: 'Written by a bot, or posted by a channel' },
  ),
]
