import type { Accepted, RawRequest } from '../contract.ts'
import { readCallbackBody } from '../families/wechat/body.ts'
import { plainAnswer, refusedCall, staleness } from '../families/wechat/callback.ts'
import { decryptCallback, digest, isSignature } from '../families/wechat/crypto.ts'
import { textIn } from '../families/wechat/words.ts'
import type { Config } from './config.ts'

/** WeCom only says that something waits; what it is comes with `pull`. Unlike at WeChat, `echostr` is encrypted too. */
export function accept({ method, url, body }: RawRequest, config: Config, now: Date): Accepted {
  const query = (name: string): string => url.searchParams.get(name) ?? ''
  const isChallenge = method === 'GET'
  const outer = isChallenge ? null : readCallbackBody(body)
  const encrypted = isChallenge ? query('echostr') : textIn(outer?.Encrypt)
  if (encrypted === '') return refusedCall('Not encrypted, or not XML')
  if (!isSignature(query('msg_signature'), [config.token, query('timestamp'), query('nonce'), encrypted])) {
    return refusedCall('The signature is not made with our token')
  }
  const stale = staleness(query('timestamp'), now)
  if (stale) return refusedCall(stale)
  const text = decryptCallback(config.aesKey, encrypted, config.corpId)
  if (text === null) return refusedCall('The message cannot be decrypted with our key, or is for another company')
  if (isChallenge) return { kind: 'answer', response: plainAnswer(200, text) }
  const message = readCallbackBody(text)
  if (!message) return refusedCall('The decrypted message is not XML')
  const response = plainAnswer(200, 'success')
  if (message.Event !== 'kf_msg_or_event') {
    const position = Number(textIn(message.CreateTime)) * 1000
    const event = {
      id: `c${digest(text, 40)}`,
      orderKey: 'account',
      position: Number.isFinite(position) ? position : 0,
      data: message,
    }
    return { kind: 'accepted', events: [event], response }
  }
  // One app may look after several accounts, which share its callback; earlier calls did not name them.
  const named = textIn(message.OpenKfId)
  if (named !== '' && named !== config.openKfId) return { kind: 'accepted', events: [], response }
  return { kind: 'accepted', events: [], pull: true, hint: textIn(message.Token), response }
}
