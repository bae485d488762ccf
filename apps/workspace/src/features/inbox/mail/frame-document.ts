/**
 * What strangers have written, as a page of its own. The server has cleaned it; the frame runs no scripts, and this policy
 * lets it load nothing but pictures of our own. A mail is paper: dark ink on white in every theme, as its writer saw it.
 */
const policy =
  "default-src 'none'; img-src 'self' data: blob:; media-src 'none'; style-src 'unsafe-inline'; form-action 'none'"

const look = `
:root { color-scheme: light; }
html { overflow-x: auto; overflow-y: hidden; }
body { margin: 0; padding: 12px; background: #fff; color: #1d2129; overflow-wrap: anywhere;
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
img { max-width: 100%; height: auto; }
img:is([data-remote], [data-cid]):not([src]) { min-width: 24px; min-height: 24px; background: #eceef1; outline: 1px dashed #9aa2ae; }
pre { white-space: pre-wrap; }
table { max-width: 100%; }
blockquote { margin: 4px 0 4px 4px; padding-inline-start: 10px; border-inline-start: 3px solid #ccd1d8; }
a { color: #1a5fcc; }
p { margin: 0 0 8px; }
`

export const frameDocument = (html: string, language: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
  `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
  `<meta name="referrer" content="no-referrer"><base target="_blank"><style>${look}</style></head>` +
  `<body dir="auto">${html}</body></html>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Plain words as paragraphs, where a formatted page is shown or begun with them. */
export const asHtml = (text: string): string =>
  text
    .split(/\n{2,}/u)
    .filter((block) => block.trim() !== '')
    .map((block) => `<p>${block.split('\n').map(escaped).join('<br>')}</p>`)
    .join('')
