const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })

/**
 * The words of a body. All providers say UTF-8; what is none is GB18030 where it can be, as gateways in China still write,
 * and else nothing that anybody could read: null, instead of words with holes in them.
 */
export function readText(bytes: Buffer): string | null {
  for (const decoder of [utf8, gb18030])
    try {
      return decoder.decode(bytes)
    } catch {
      // Not in this charset.
    }
  return null
}
