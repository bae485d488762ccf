import { isObject, type Json, type JsonObject } from '../../json.ts'

/** Bodies of callbacks, in either of their two spellings. Null for what is neither. */
export function readCallbackBody(text: string): JsonObject | null {
  return /^\s*\{/u.test(text) ? readJson(text) : readXml(text)
}

/** Ids of 64 bits come as numbers that no double can hold (`"MsgId": 22876340532172986`): they become texts. */
export function readJson(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text, exactNumbers)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
function exactNumbers(this: unknown, _name: string, value: unknown, at?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/u.test(at?.source ?? '')
    ? at?.source
    : value
}
const isJsonObject = (value: unknown): value is JsonObject => isObject(value)

const declaration = /^\s*<\?xml[^<>]*\?>/u
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>|([^<]+)/uy
const deepest = 20

interface Open {
  name: string
  children: Map<string, Json[]>
  text: string
  cdata: boolean
}

/**
 * Elements, texts and CDATA, which is all that WeChat writes: document types, entities, comments and instructions have no
 * business in it and make the whole unreadable. Everything stays a text: ids have 64 bits.
 */
function readXml(body: string): JsonObject | null {
  const text = body.replace(declaration, '').trim()
  const open: Open[] = [opened('')]
  token.lastIndex = 0
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const match = token.exec(text)
    const current = open.at(-1)
    if (!match || !current) return null
    const [, cdata, closes, name, words] = match
    if (cdata !== undefined) {
      current.text = (current.cdata ? current.text : current.text.trimStart()) + cdata
      current.cdata = true
    } else if (words !== undefined) current.text += words.trim() === '' && current.cdata ? '' : words
    else if (!closes) {
      if (open.push(opened(name ?? '')) > deepest) return null
    } else {
      open.pop()
      const parent = open.at(-1)
      if (current.name !== name || !parent) return null
      parent.children.set(name, [...(parent.children.get(name) ?? []), valueOf(current)])
    }
  }
  const [root] = open
  const value = root && open.length === 1 ? root.children.get('xml')?.[0] : undefined
  return isJsonObject(value) ? value : null
}

const opened = (name: string): Open => ({ name, children: new Map(), text: '', cdata: false })

/** Space between elements, and around CDATA, is none of theirs. */
function valueOf({ children, text }: Open): Json {
  if (children.size === 0) return text
  return Object.fromEntries(
    [...children].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}
