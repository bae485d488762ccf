import { randomInt } from 'node:crypto'
import type { createDeliverer, Faults } from '../../simulator.ts'
import { callbackSignature, encryptCallback } from './crypto.ts'
import { type ReadAnswer, readAnswer } from './platform-answers.ts'
import { toXml, type XmlFields } from './simulator.ts'

/** How a simulated api.weixin.qq.com calls the account: signed anew for each try, in any of the modes and spellings. */

export interface CallbackOptions {
  appId: string
  token: string
  aesKey: string
  encryption: 'plain' | 'compat' | 'safe'
  format: 'xml' | 'json'
  firstId: number
}
const account = 'gh_0123456789ab'
/** What a customer does next is told even while an earlier call is still being answered. */
const aheadMs = 500

export function createCallbacks(
  { appId, token, aesKey, encryption, format, firstId }: CallbackOptions,
  deliverer: ReturnType<typeof createDeliverer>,
  faults: Faults,
  seconds: () => number,
) {
  let callback: string | null = null
  let lastId = 24_500_000_000_000_000n + BigInt(firstId)

  function bodyOf(fields: XmlFields): { body: string; encrypted?: string } {
    // In JSON the id is a number, which most readers get wrong.
    const plain = format === 'json' ? JSON.stringify(fields).replace(/"MsgId":"(\d+)"/u, '"MsgId":$1') : toXml(fields)
    if (encryption === 'plain') return { body: plain }
    const encrypted = encryptCallback(aesKey, plain, appId)
    const outer = { ...(encryption === 'compat' ? fields : { ToUserName: account }), Encrypt: encrypted }
    return { body: format === 'json' ? JSON.stringify(outer) : toXml(outer), encrypted }
  }
  function signed(address: string, openid: string, encrypted: string | undefined): string {
    const url = new URL(address)
    const timestamp = String(seconds())
    const nonce = String(randomInt(1_000_000_000))
    const safe =
      encrypted === undefined
        ? {}
        : { encrypt_type: 'aes', msg_signature: callbackSignature(token, timestamp, nonce, encrypted) }
    const query = { signature: callbackSignature(token, timestamp, nonce), timestamp, nonce, openid, ...safe }
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  }
  return {
    pointTo: (url: string) => void (callback = url),
    nextId: (): string => String((lastId += 1n)),
    /** Gives the id at once; `answered` is called with null when nobody took it in three tries of five seconds. */
    tell(openid: string, fields: XmlFields, answered: (answer: ReadAnswer | null) => void): string {
      const id = this.nextId()
      if (callback === null) return id
      const url = callback
      const isEvent = fields.MsgType === 'event'
      const { body, encrypted } = bodyOf({
        ToUserName: account,
        FromUserName: openid,
        CreateTime: seconds(),
        ...fields,
        ...(isEvent ? {} : { MsgId: id }),
      })
      const headers = { 'content-type': format === 'json' ? 'application/json' : 'text/xml' }
      const delivery = { url, body, headers, sign: () => ({ url: signed(url, openid, encrypted) }) }
      const key = faults.shuffleMs > 0 ? undefined : openid
      void deliverer.send(delivery, key, aheadMs).then((answer) => {
        const called = { appId, token, aesKey, encryption, openid, account }
        if (answer) answered(readAnswer(answer.body, called))
        else if (!isEvent) answered(null)
      })
      return id
    },
  }
}
