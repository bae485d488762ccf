import { isObject } from '../../json.ts'
import { readCallbackBody } from './body.ts'
import { decryptCallback, isSignature } from './crypto.ts'
import type { Body } from './platform-simulator.ts'
import { textIn } from './words.ts'

/** How WeChat reads the answer to a call: nothing to say, a message, or something that it does not take. */
export type ReadAnswer = { kind: 'nothing' } | { kind: 'message'; body: Body } | { kind: 'malformed'; why: string }

interface Called {
  appId: string
  token: string
  aesKey: string
  encryption: 'plain' | 'compat' | 'safe'
  openid: string
  account: string
}

const malformed = (why: string): ReadAnswer => ({ kind: 'malformed', why })

export function readAnswer(body: string, called: Called): ReadAnswer {
  if (body === 'success' || body === '') return { kind: 'nothing' }
  const outer = body.startsWith('{') ? null : readCallbackBody(body)
  if (!outer) return malformed('no XML')
  const sealed = 'Encrypt' in outer
  if (sealed ? called.encryption === 'plain' : called.encryption === 'safe') return malformed('another encryption')
  const inner = sealed ? unsealed(outer, called) : outer
  if (!inner) return malformed('the encryption is broken')
  const { ToUserName: to, FromUserName: from, CreateTime: at, MsgType: type } = inner
  if (to !== called.openid || from !== called.account) return malformed('not between these two')
  if (!/^\d{10}$/u.test(textIn(at))) return malformed('no time')
  const held = contentOf(textIn(type), inner)
  return held ? { kind: 'message', body: { touser: to, msgtype: type, [textIn(type)]: held } } : malformed('no message')
}

function unsealed(outer: Body, { token, aesKey, appId }: Called): Body | null {
  const [encrypted, at, nonce, signature] = [outer.Encrypt, outer.TimeStamp, outer.Nonce, outer.MsgSignature].map(
    textIn,
  )
  if (!isSignature(signature ?? '', [token, at ?? '', nonce ?? '', encrypted ?? ''])) return null
  const text = decryptCallback(aesKey, encrypted ?? '', appId)
  return text === null ? null : readCallbackBody(text)
}

/** As the customer service API spells the same kinds. */
function contentOf(type: string, inner: Body): Body | null {
  const part = (name: string): Body => (isObject(inner[name]) ? inner[name] : {})
  switch (type) {
    case 'text':
      return { content: inner.Content }
    case 'image':
    case 'voice':
      return { media_id: part(type === 'image' ? 'Image' : 'Voice').MediaId }
    case 'news': {
      const { item } = part('Articles')
      if (!isObject(item) || inner.ArticleCount !== '1') return null
      const { Title: title, Description: description, PicUrl: picurl, Url: url } = item
      return { articles: [{ title, description, picurl, url }] }
    }
    default:
      return null
  }
}
