import type { ApiAnswer, ApiRequest } from '../../simulator.ts'
import type { Customer } from './messaging-phone.ts'
import { checkComment, checkMention } from './messaging-rules.ts'
import { isRefusal, jsonAnswer, jsonOf, type Refusal, refuse } from './simulator.ts'

/** Posts of a simulated Instagram: comments under those of the business, and mentions of it under those of others. */
interface Said {
  by: Customer
  mediaId: string
  text: string
  at: string
}
export type PublicPosts = ReturnType<typeof createPublicPosts>

const [ownPost, otherPost] = ['17900000000000002', '17900000000000009']
const mentionedIn = /^mentioned_(comment|media)\.(?:comment|media)_id\((\d+)\)\{([\w,]+)\}$/u

export function createPublicPosts(newId: () => string, now: () => Date) {
  /** By the id of the comment, or of the post for captions. */
  const said = new Map<string, Said>()
  const comments: { under: string; message: string }[] = []
  let captions = 0

  function say(id: string, by: Customer, mediaId: string, text: string): void {
    const at = now().toISOString()
    said.set(id, { by, mediaId, text, at })
    by.screen.push({ id, mine: true, at, seen: true, type: 'comment', text })
  }
  function answerUnder(under: string, message: string): ApiAnswer {
    comments.push({ under, message })
    const id = newId()
    const at = now().toISOString()
    said.get(under)?.by.screen.push({ id, mine: false, at, seen: true, type: 'comment', text: message })
    return jsonAnswer(200, { id })
  }
  function read(fields: string): ApiAnswer | Refusal {
    const [, kind, id = '', wanted = ''] = mentionedIn.exec(fields) ?? []
    const found = said.get(id)
    if (!found) return { ...refuse(100, 'Object does not exist'), subcode: 33 }
    const timestamp = found.at.replace(/\.\d{3}Z$/u, '+0000')
    const facts: Record<string, string> = {
      id,
      text: found.text,
      caption: found.text,
      timestamp,
      username: found.by.name.toLowerCase(),
      permalink: `https://www.instagram.com/p/${found.mediaId}/`,
    }
    const given = Object.fromEntries(wanted.split(',').flatMap((name) => (facts[name] ? [[name, facts[name]]] : [])))
    return jsonAnswer(200, { [`mentioned_${kind}`]: given, id: 'account' })
  }
  const answered = new Set<string>()
  return {
    comments,
    /** Who is written to, for something said under a post of the business. */
    answerPrivately(id: string): Customer | Refusal {
      const found = said.get(id)
      if (!found) return { ...refuse(100, 'Invalid comment_id parameter'), subcode: 2_018_292 }
      if (found.mediaId !== ownPost) return refuse(10_902, 'This is not a Replyable activity')
      if (answered.has(id)) return refuse(10_900, 'Activity already replied to')
      if (now().getTime() - Date.parse(found.at) > 7 * 86_400_000)
        return refuse(10_901, 'Activity replying time expired')
      answered.add(id)
      return found.by
    },
    /** What a webhook tells of it. */
    comment(by: Customer, text: string) {
      const id = newId()
      say(id, by, ownPost, text)
      const from = { id: by.id, username: by.name.toLowerCase() }
      return { id, from, media: { id: ownPost, media_product_type: 'FEED' }, text }
    },
    mention(by: Customer, where: 'mention' | 'caption', text: string) {
      const mediaId = where === 'mention' ? otherPost : `${otherPost}${++captions}`
      const id = where === 'mention' ? newId() : mediaId
      say(id, by, mediaId, text)
      return { media_id: mediaId, ...(where === 'mention' ? { comment_id: id } : {}) }
    },
    /** Undefined for calls that are about something else. */
    answer(id: string, edge: string | undefined, request: ApiRequest): ApiAnswer | Refusal | undefined {
      if (edge === 'replies') {
        const body = checkComment(jsonOf(request.body))
        return isRefusal(body) ? body : answerUnder(id, body.message)
      }
      if (id !== 'account') return undefined
      if (edge !== 'mentions') return read(request.url.searchParams.get('fields') ?? '')
      const body = checkMention(jsonOf(request.body))
      if (isRefusal(body)) return body
      const under = body.comment_id ?? body.media_id
      return said.get(under)?.mediaId === body.media_id
        ? answerUnder(under, body.message)
        : refuse(100, 'The account is not mentioned there')
    },
  }
}
