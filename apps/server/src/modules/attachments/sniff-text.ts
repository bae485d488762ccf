import type { ByteSource } from './byte-source.ts'
import type { FileTypeName } from './file-types.ts'
import { extensionOf, isActiveExtension } from './file-name.ts'

/** Words by which a browser or a shell would take text for a program. Whole beginnings of elements, so that prose passes. */
const activeMarkers =
  /<(!doctype\s+html|html|head|body|script|iframe|svg|object|embed|\?xml|\?php|%@)[\s>/:]|<\?php|<\?=/i
const otherStart = /^\s*(%!PS|MIME-Version:)/i
/** Of what a shell runs. */
export const scriptStart = /^\s*(#!|@echo off\b)/i

/** Plain text or a table in an encoding that people use; null for anything binary or active. */
export function sniffText(source: ByteSource, declaredName: string): FileTypeName | null {
  const extension = extensionOf(declaredName)
  if (source.bytes === 0 || isActiveExtension(extension)) return null
  const text = decode(source.head, source.head.length < source.bytes)
  if (text === null || hasControls(text) || activeMarkers.test(text)) return null
  if (scriptStart.test(text) || otherStart.test(text)) return null
  return extension === 'csv' ? 'csv' : 'txt'
}

/** UTF-16 needs its mark; Chinese Windows still writes GB 18030 without any. A cut last character is no fault. */
function decode(head: Uint8Array, cut: boolean): string | null {
  const label =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  for (const encoding of label ? [label] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: cut })
    } catch {
      continue
    }
  }
  return null
}

function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary from text
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text)
}
