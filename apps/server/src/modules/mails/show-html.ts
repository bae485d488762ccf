/** What is kept has been cleaned: there every `<` of a tag is one, and no value holds a `>`. */
const pictures = /<img\b[^>]*>/g
const cidOf = /\sdata-cid="([^"]*)"/
const remoteOf = /\sdata-remote="([^"]*)"/

interface Sources {
  /** Address of a file of the mail by its Content-ID. */
  file(cid: string): string | undefined
  /** Address for a picture of another server; undefined leaves it out. */
  remote(url: string): string | undefined
}

/** Fills in where pictures come from. What has no address stays as it is kept, and shows its words. */
export const withPictures = (html: string, sources: Sources): string =>
  html.replaceAll(pictures, (tag) => {
    const cid = cidOf.exec(tag)?.[1]
    const remote = remoteOf.exec(tag)?.[1]
    const source =
      cid !== undefined
        ? sources.file(unescapeHtml(cid))
        : remote !== undefined
          ? sources.remote(unescapeHtml(remote))
          : undefined
    return source === undefined ? tag : tag.replace(/^<img/, () => `<img src="${escapeHtml(source)}"`)
  })

/** The Content-IDs of the files that it shows. */
export const cidsIn = (html: string): Set<string> =>
  new Set([...html.matchAll(pictures)].flatMap(([tag]) => cidOf.exec(tag)?.[1] ?? []).map(unescapeHtml))

/** As it goes out: pictures that come along are named, the others are where they were. */
export function toSentHtml(html: string, cids: ReadonlySet<string>): string {
  const filled = withPictures(html, {
    file: (cid) => (cids.has(cid) ? `cid:${encodeURI(cid)}` : undefined),
    remote: (url) => url,
  })
  return filled.replaceAll(pictures, (tag) => {
    const bare = tag.replace(cidOf, '').replace(remoteOf, '')
    if (/\ssrc="/.test(bare)) return bare
    const words = /\salt="([^"]*)"/.exec(bare)?.[1] ?? ''
    return words === '' ? '' : `[${words}]`
  })
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const unescapeHtml = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
