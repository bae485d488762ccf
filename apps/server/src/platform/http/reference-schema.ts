import { html, type Markup, markdown, nothing } from './reference-markup.ts'

/** The part of JSON Schema that our documents use. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  default?: unknown
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | boolean
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  [limit: string]: unknown
}

/** A schema as a list of its fields; what has a name of its own is a link to it. */
export function schemaTree(schema: JsonSchema): Markup {
  const inner = innerOf(schema)
  if (inner.properties) return fields(inner)
  const choices = choicesOf(inner)
  if (choices.length > 1) {
    return html`<p class="note">One of:</p>
      ${choices.map(
        (choice) =>
          html`<details class="choice">
            <summary>${choiceName(choice)}</summary>
            ${schemaTree(choice)}
          </details>`,
      )}`
  }
  return html`<p>${typeName(inner)}${limits(inner)}</p>`
}

function fields({ properties = {}, required = [] }: JsonSchema): Markup {
  return html`<dl class="fields">
    ${Object.entries(properties).map(([name, field]) => {
      const deep = innerOf(field)
      const nests = deep.properties || choicesOf(deep).length > 1
      return html`<dt>
          <code>${name}</code> <span class="type">${typeName(field)}</span>${
            required.includes(name) ? html` <span class="required">required</span>` : nothing
          }${limits(field)}
        </dt>
        <dd>
          ${field.description ? markdown(field.description) : nothing}${
            nests
              ? html`<details>
                  <summary>Fields</summary>
                  ${schemaTree(deep)}
                </details>`
              : nothing
          }
        </dd>`
    })}
  </dl>`
}

/** Through lists and "or null" to what is described. */
function innerOf(schema: JsonSchema): JsonSchema {
  if (typeof schema.items === 'object') return innerOf(schema.items)
  const [only, ...others] = choicesOf(schema)
  return only && others.length === 0 ? innerOf(only) : schema
}

const choicesOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] =>
  (oneOf ?? anyOf ?? []).filter((choice) => choice.type !== 'null')

function choiceName(choice: JsonSchema): Markup {
  const tags = ['kind', 'type'].flatMap((name) => choice.properties?.[name]?.const ?? [])
  return tags.length > 0 ? html`<code>${JSON.stringify(tags[0])}</code>` : typeName(choice)
}

export function typeName(schema: JsonSchema): Markup {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum)
    return html`${schema.enum.map((value, at) => html`${at > 0 ? ' | ' : ''}<code>${JSON.stringify(value)}</code>`)}`
  const choices = schema.oneOf ?? schema.anyOf
  if (choices && choices.length > 4) return html`one of ${choices.length} kinds`
  if (choices) return html`${choices.map((choice, at) => html`${at > 0 ? ' | ' : ''}${typeName(choice)}`)}`
  if (typeof schema.items === 'object') return html`list of ${typeName(schema.items)}`
  if (typeof schema.additionalProperties === 'object' && !schema.properties) {
    return html`map of ${typeName(schema.additionalProperties)}`
  }
  const types = [schema.type ?? 'anything'].flat().join(' | ')
  return html`${schema.format ? `${types} (${schema.format})` : types}`
}

const limitWords: Record<string, string> = {
  minLength: 'at least %s characters',
  maxLength: 'at most %s characters',
  minimum: 'from %s',
  maximum: 'up to %s',
  exclusiveMinimum: 'above %s',
  minItems: 'at least %s',
  maxItems: 'at most %s',
  pattern: 'matches %s',
}

const limitOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function limits(schema: JsonSchema): Markup {
  const found = Object.entries(limitWords).flatMap(([name, words]) =>
    schema[name] === undefined ? [] : [words.replace('%s', limitOf(schema[name]))],
  )
  if (schema.default !== undefined && typeof schema.default !== 'object') {
    found.push(`default ${JSON.stringify(schema.default)}`)
  }
  return found.length > 0 ? html` <span class="limits">${found.join(', ')}</span>` : nothing
}
