import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isObject, type Json, type JsonObject, parseExactJson } from '../../json.ts'
import { readText } from '../../read-text.ts'

/** In characters, far more than any callback has: bodies are read before it is known who calls. */
const longest = 131_072
const deepest = 20

/** Bodies of callbacks, in either of their two spellings. Null for what is neither. */
export function readCallbackBody(body: Buffer | string): JsonObject | null {
  const text = body.length > longest * 3 ? null : typeof body === 'string' ? body : readText(body)
  if (text === null || text.length > longest) return null
  const value = /^\s*\{/u.test(text) ? readJson(text) : readXml(text)
  return value && isShallow(value, deepest) ? value : null
}

/** Ids come as numbers that no double can hold (`"MsgId": 22876340532172986`): they become texts. */
export function readJson(text: string): JsonObject | null {
  const value = parseExactJson(text)
  return isJsonObject(value) ? value : null
}
const isJsonObject = (value: unknown): value is JsonObject => isObject(value)
const isShallow = (value: Json, left: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1)))

/** Texts stay texts, for ids have 64 bits; space around them and around CDATA is none of theirs, that within CDATA is. */
const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  processEntities: false,
  maxNestedTags: deepest,
})
const declaration = /^\s*<\?xml[^<>]*\?>/u
const cdata = /<!\[CDATA\[(?:[\s\S]*?\]\]>|[\s\S]*)/gu
/** Outside of CDATA: entities, and all marks that are not plain tags. */
const strange = /&|<(?!\/?[A-Za-z_][\w.-]*\/?>)/u

/**
 * WeChat writes elements, texts and CDATA. Document types, entities, comments, instructions and attributes have no business
 * in it: the parser is never shown any, for what is hidden in one of them could be read in another way by it than here.
 */
function readXml(body: string): JsonObject | null {
  const text = body.replace(declaration, '').trim()
  // What CDATA is replaced by must not be able to make a tag out of what stands around it.
  if (strange.test(text.replaceAll(cdata, '\u0000')) || XMLValidator.validate(text) !== true) return null
  try {
    const value: unknown = parser.parse(text)
    return isObject(value) && isJsonObject(value.xml) ? value.xml : null
  } catch {
    return null
  }
}
