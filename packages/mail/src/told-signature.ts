import type { Split } from './split-quoted.ts'

/** Text of which only what both forms of a mail have in common is left: links, pictures, signs and blanks differ. */
const essence = (text: string) =>
  text
    .replaceAll(/<[^<>]{0,2000}>|\[[^[\]]{0,300}\]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()

/** Takes what the HTML marks as a signature off the end of the text, which has nothing to tell it by. */
export function withoutTold(split: Split, signature: string): Split {
  const known = essence(split.signature)
  const told = essence(signature)
  const lines = split.kept.split('\n')
  let rest = told.endsWith(known) ? told.slice(0, told.length - known.length) : told
  if (rest === '') return split
  for (let at = lines.length - 1; at > 0; at--) {
    const piece = essence(lines[at]!)
    if (!rest.endsWith(piece)) return split
    rest = rest.slice(0, rest.length - piece.length)
    if (rest !== '' || piece === '') continue
    const kept = lines.slice(0, at).join('\n').trimEnd()
    return kept.trim() === ''
      ? split
      : { ...split, kept, signature: `${lines.slice(at).join('\n')}\n${split.signature}`.trim() }
  }
  return split
}
