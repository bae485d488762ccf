import { errorCodes, type Problem } from '@qiao/protocol'
import { AppError } from '../errors.ts'
import { errorMeanings } from './error-meanings.ts'
import type { OpenApiDocument } from './openapi.ts'
import { html, type Markup, markdown, nothing } from './reference-markup.ts'
import { type JsonSchema, schemaTree, typeName } from './reference-schema.ts'

/** The parts of an operation that are shown; our own documents always have them in this shape. */
interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema?: JsonSchema }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: JsonSchema }> }>
}
interface Listed {
  method: string
  path: string
  operation: Operation
}

/** The whole reference as one page without scripts: it can be read offline, searched by the browser and printed. */
export function renderReference(document: OpenApiDocument): string {
  const listed = operationsOf(document)
  const tags = [...new Set(listed.map(({ operation }) => operation.tags[0] ?? ''))]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's type allows more than it writes
  const schemas = (document.components?.schemas ?? {}) as Record<string, JsonSchema>
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Qiao API</title>
        <link rel="stylesheet" href="/api/docs/reference.css" />
      </head>
      <body>
        <nav aria-label="Contents">
          <p class="brand"><a href="#top">Qiao 桥 API</a></p>
          ${tags.map(
            (tag) =>
              html`<details>
                <summary>${tag}</summary>
                <ul>
                  ${listed
                    .filter(({ operation }) => operation.tags[0] === tag)
                    .map(
                      ({ method, operation }) =>
                        html`<li>
                          <a href="#${operation.operationId}"
                            ><span class="method ${method}">${method}</span>${operation.summary}</a
                          >
                        </li>`,
                    )}
                </ul>
              </details>`,
          )}
          <p><a href="#event">Webhook events</a></p>
          <p><a href="#errors">Errors</a></p>
          <p><a href="#schemas">Schemas</a></p>
        </nav>
        <main id="top">
          <h1>${document.info.title} <small>${document.info.version}</small></h1>
          ${markdown(document.info.description ?? '')}
          <p>The same as data: <a href="/api/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
          <h2>Authentication</h2>
          <dl class="fields">
            ${Object.entries(document.components?.securitySchemes ?? {}).map(
              ([name, scheme]) =>
                html`<dt><code>${name}</code></dt>
                  <dd>${markdown(scheme.description ?? '')}</dd>`,
            )}
          </dl>
          ${tags.map(
            (tag) =>
              html`<h2 id="tag-${tag}">${tag}</h2>
                ${listed.filter(({ operation }) => operation.tags[0] === tag).map(showOperation)}`,
          )}
          <h2 id="event">Webhook events</h2>
          ${schemaSection('WebhookPayload', schemas['WebhookPayload'] ?? {})}
          <h2 id="errors">Errors</h2>
          <p>Every refusal is a <a href="#schema-Problem">problem document</a>; its <code>type</code> leads here.</p>
          ${errorCodes.map(showError)}
          <h2 id="schemas">Schemas</h2>
          ${Object.entries(schemas)
            .filter(([name]) => name !== 'WebhookPayload')
            .toSorted(([one], [other]) => one.localeCompare(other))
            .map(([name, schema]) => schemaSection(name, schema))}
        </main>
      </body>
    </html>`
  return page.text
}

function operationsOf(document: OpenApiDocument): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own document has nothing but operations here
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ method, path, operation })),
  )
}

function showOperation({ method, path, operation }: Listed): Markup {
  const { operationId, summary, description, parameters = [], requestBody } = operation
  return html`<section class="operation" id="${operationId}">
    <h3><a href="#${operationId}">${summary}</a></h3>
    <p class="path"><span class="method ${method}">${method}</span> <code>${path}</code></p>
    ${description ? markdown(description) : nothing}
    ${
      parameters.length > 0
        ? html`<h4>Parameters</h4>
            <dl class="fields">${parameters.map(showParameter)}</dl>`
        : nothing
    }
    ${
      requestBody
        ? html`<h4>Body</h4>
            ${showContent(requestBody.content)}`
        : nothing
    }
    <h4>Answer</h4>
    ${Object.entries(operation.responses)
      .filter(([, response]) => !response.$ref)
      .map(([status, response]) =>
        response.content
          ? html`<p class="status">${status}</p>
              ${showContent(response.content)}`
          : html`<p class="status">${status}, no body</p>`,
      )}
    <p class="note">
      Refusals:
      ${Object.keys(operation.responses)
        .filter((status) => /^[45]/.test(status))
        .join(', ')};
      see <a href="#errors">errors</a>.
    </p>
  </section>`
}

const showParameter = ({
  name,
  in: where,
  required,
  description,
  schema,
}: NonNullable<Operation['parameters']>[number]): Markup =>
  html`<dt>
      <code>${name}</code> <span class="type">${typeName(schema)}</span> <span class="limits">in ${where}</span>${
        required ? html` <span class="required">required</span>` : nothing
      }
    </dt>
    <dd>${description ? markdown(description) : nothing}</dd>`

const showContent = (content: Record<string, { schema?: JsonSchema }>): Markup =>
  html`${Object.entries(content).map(([type, { schema }]) =>
    schema ? html`${schemaTree(schema)}` : html`<p><code>${type}</code>: the raw file</p>`,
  )}`

const schemaSection = (name: string, schema: JsonSchema): Markup =>
  html`<section class="schema" id="schema-${name}">
    <h3><a href="#schema-${name}">${name}</a></h3>
    ${schema.description ? markdown(schema.description) : nothing}${schemaTree(schema)}
  </section>`

const showError = (code: Problem['code']): Markup =>
  html`<section class="error" id="error-${code}">
    <h3><code>${code}</code> <span class="status">${new AppError(code).status}</span></h3>
    ${markdown(errorMeanings[code])}
  </section>`
