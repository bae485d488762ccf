import { randomInt } from 'node:crypto'
import type { createDeliverer, Phone, Shown } from '../simulator.ts'
import { callbackSignature, encryptCallback } from '../families/wechat/crypto.ts'
import { toXml } from '../families/wechat/simulator.ts'
import type { Body } from './simulator-rules.ts'

/** The list that is pulled, and the calls that say that it grew. */

export interface Customer extends Phone {
  name: string
  screen: Shown[]
  /** 0 new, 1 with a bot, 2 in the pool, 3 with people, 4 over. */
  state: number
  wroteAt: number
  left: number
  welcomedAt: number
  /** 拒收: what is sent is accepted and then reported as failed. */
  refusing: boolean
}
export interface Account {
  corpId: string
  openKfId: string
  token: string
  aesKey: string
}

const tokenMs = 600_000
const historyMs = 3 * 86_400_000

export function createSessions(
  { corpId, openKfId, token, aesKey }: Account,
  deliverer: ReturnType<typeof createDeliverer>,
  now: () => Date,
  { pageSize, firstId }: { pageSize: number; firstId: number },
) {
  const list: { at: number; message: Body }[] = []
  const pullTokens = new Map<string, number>()
  let callback: string | null = null
  let last = firstId
  let askedBareAt = Number.NEGATIVE_INFINITY

  function notify(): void {
    if (callback === null) return
    const address = callback
    const pullToken = `ENC${(last += 1)}`
    pullTokens.set(pullToken, now().getTime() + tokenMs)
    const seconds = Math.floor(now().getTime() / 1000)
    const content = toXml({
      ToUserName: corpId,
      CreateTime: seconds,
      MsgType: 'event',
      Event: 'kf_msg_or_event',
      Token: pullToken,
      OpenKfId: openKfId,
    })
    const encrypted = encryptCallback(aesKey, content, corpId)
    const body = toXml({ ToUserName: corpId, Encrypt: encrypted, AgentID: '' })
    void deliverer.send({
      url: address,
      body,
      headers: { 'content-type': 'text/xml' },
      sign: () => ({ url: signed() }),
    })
    function signed(): string {
      const url = new URL(address)
      const [timestamp, nonce] = [String(seconds), String(randomInt(1_000_000_000))]
      const query = { msg_signature: callbackSignature(token, timestamp, nonce, encrypted), timestamp, nonce }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    }
  }

  return {
    pointTo: (url: string) => void (callback = url),
    /** Puts a message or an event on the list, and gives its id. */
    add(message: Body): string {
      const id = `msg_${(last += 1)}`
      const at = now().getTime()
      list.push({ at, message: { msgid: id, send_time: Math.floor(at / 1000), ...message } })
      notify()
      return id
    },
    /** The answer to `sync_msg`, or the code of a refusal. */
    page({ cursor, token: shown, open_kfid: account }: Body): object | number {
      if (account !== openKfId) return 95_000
      const at = now().getTime()
      if (shown === undefined || shown === '') {
        // A strict limit, without a number in the documentation: one in ten seconds here.
        if (Math.abs(at - askedBareAt) < 10_000) return 45_009
        askedBareAt = at
      } else if (typeof shown !== 'string' || (pullTokens.get(shown) ?? 0) <= at) return 95_007
      const from = typeof cursor === 'string' && cursor !== '' ? Math.max(0, Number(cursor.slice(1)) - firstId) : 0
      const upTo = Math.min(list.length, from + pageSize)
      const messages = list.slice(from, upTo).filter((one) => at - one.at < historyMs)
      return {
        errcode: 0,
        errmsg: 'ok',
        next_cursor: `c${firstId + upTo}`,
        has_more: upTo < list.length ? 1 : 0,
        msg_list: messages.map(({ message }) => message),
      }
    },
  }
}
