import { html, type Markup } from './reference-markup.ts'

/**
 * A page of docs/ as HTML. Knows what those pages use: headings, lists, tables, code, emphasis and links. Whatever else
 * stands there is shown as it is written.
 */
export function renderGuide(source: string): string {
  const blocks = blocksOf(source.split('\n'))
  const title = /^# (.+)$/m.exec(source)?.[1] ?? 'Qiao'
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Qiao</title>
        <link rel="stylesheet" href="/api/docs/reference.css" />
      </head>
      <body class="guide">
        <main>${blocks}</main>
      </body>
    </html>`.text
}

const listItem = /^(?:\d+\.|-) (.*)$/
const startsBlock = (line: string): boolean => /^(#{1,6} |```|\||\d+\. |- )/.test(line) || line.trim() === ''

function blocksOf(lines: readonly string[]): Markup[] {
  const blocks: Markup[] = []
  let at = 0
  /** The lines from here on that go together. */
  const take = (more: (line: string, index: number) => boolean): string[] => {
    const from = at
    while (at < lines.length && more(lines[at] ?? '', at - from)) at += 1
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const heading = /^(#{1,6}) (.*)$/.exec(line)
    if (line.trim() === '') at += 1
    else if (heading) {
      blocks.push(headingOf(heading[1]?.length ?? 1, heading[2] ?? ''))
      at += 1
    } else if (line.startsWith('```')) {
      at += 1
      blocks.push(html`<pre><code>${take((one) => !one.startsWith('```')).join('\n')}</code></pre>`)
      at += 1
    } else if (line.startsWith('|')) blocks.push(tableOf(take((one) => one.startsWith('|'))))
    else if (listItem.test(line)) {
      const ordered = /^\d/.test(line)
      blocks.push(
        listOf(
          take((one) => one.trim() !== '' && (listItem.test(one) || /^\s/.test(one) || !startsBlock(one))),
          ordered,
        ),
      )
    } else blocks.push(html`<p>${inlines(take((one, index) => index === 0 || !startsBlock(one)).join(' '))}</p>`)
  }
  return blocks
}

function headingOf(level: number, text: string): Markup {
  if (level === 1) return html`<h1>${inlines(text)}</h1>`
  return level === 2 ? html`<h2>${inlines(text)}</h2>` : html`<h3>${inlines(text)}</h3>`
}

function listOf(lines: readonly string[], ordered: boolean): Markup {
  const items: string[] = []
  for (const line of lines) {
    const [, text] = listItem.exec(line) ?? []
    if (text === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else items.push(text)
  }
  const shown = items.map((item) => html`<li>${inlines(item)}</li>`)
  return ordered
    ? html`<ol>
        ${shown}
      </ol>`
    : html`<ul>
        ${shown}
      </ul>`
}

const cellsOf = (row: string): string[] =>
  row
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))

function tableOf([head = '', , ...rows]: readonly string[]): Markup {
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          ${cellsOf(head).map((cell) => html`<th scope="col">${inlines(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cellsOf(row).map((cell) => html`<td>${inlines(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g

function inlines(text: string): Markup[] {
  const parts: Markup[] = []
  let end = 0
  for (const match of text.matchAll(inline)) {
    const [whole, code, strong, emphasis, label, target] = match
    parts.push(html`${text.slice(end, match.index)}`)
    end = match.index + whole.length
    if (code !== undefined) parts.push(html`<code>${code}</code>`)
    else if (strong !== undefined) parts.push(html`<strong>${inlines(strong)}</strong>`)
    else if (emphasis !== undefined) parts.push(html`<em>${inlines(emphasis)}</em>`)
    else parts.push(linkOf(label ?? '', target ?? ''))
  }
  return [...parts, html`${text.slice(end)}`]
}

/** Links within the repository lead to no page here; their words stay. */
function linkOf(label: string, target: string): Markup {
  if (/^https?:\/\//.test(target)) return html`<a href="${target}" rel="noopener noreferrer">${inlines(label)}</a>`
  const page = /^([a-z0-9-]+)\.md(#[\w-]+)?$/.exec(target)?.[1]
  return page ? html`<a href="/api/docs/channels/${page}">${inlines(label)}</a>` : html`${inlines(label)}`
}
