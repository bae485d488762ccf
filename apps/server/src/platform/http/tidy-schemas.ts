import type { OpenApiDocument } from './openapi.ts'

const suffix = 'Output'
const pointer = (name: string): string => `"#/components/schemas/${name}"`

/**
 * The generator writes a schema twice when what is sent may differ from what is answered (defaults), also where nothing
 * of it is ever sent. What nobody refers to goes, and an answer that stands alone gets the plain name.
 */
export function tidySchemas(document: OpenApiDocument): OpenApiDocument {
  let { schemas = {} } = document.components ?? {}
  for (;;) {
    const used = JSON.stringify([document.paths, document.webhooks, document.components?.responses])
    const kept = Object.entries(schemas).filter(([name]) => {
      const others = Object.entries(schemas).filter(([other]) => other !== name)
      return !(`${name}${suffix}` in schemas) || (used + JSON.stringify(others)).includes(pointer(name))
    })
    const done = kept.length === Object.keys(schemas).length
    schemas = Object.fromEntries(kept)
    if (done) break
  }
  let text = JSON.stringify({ ...document, components: { ...document.components, schemas: {} } })
  let written = JSON.stringify(schemas)
  for (const name of Object.keys(schemas)) {
    const plain = name.slice(0, -suffix.length)
    if (!name.endsWith(suffix) || plain in schemas) continue
    text = text.replaceAll(pointer(name), pointer(plain))
    written = written.replaceAll(pointer(name), pointer(plain)).replaceAll(`"${name}":`, `"${plain}":`)
  }
  const tidied: OpenApiDocument = JSON.parse(text)
  return { ...tidied, components: { ...tidied.components, schemas: JSON.parse(written) } }
}
