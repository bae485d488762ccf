/** Fields of a form as bytes: mails in them are of any charset. */
export function formFields(body: Buffer, contentType: string): Map<string, Buffer> {
  const [, quoted, bare] = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/iu.exec(contentType) ?? []
  const boundary = quoted ?? bare
  return boundary === undefined ? urlEncoded(body) : multipart(body, boundary)
}

function multipart(body: Buffer, boundary: string): Map<string, Buffer> {
  const fields = new Map<string, Buffer>()
  const mark = Buffer.from(`--${boundary}`)
  let start = body.indexOf(mark)
  while (start >= 0 && fields.size < 1_000) {
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), start + mark.length)
    if (end < 0) break
    const part = body.subarray(start + mark.length + 2, end)
    const blank = part.indexOf('\r\n\r\n')
    const name = /^content-disposition:.*?\bname="([^"]*)"/imu.exec(part.toString('utf8', 0, Math.max(blank, 0)))?.[1]
    if (blank >= 0 && name !== undefined && !fields.has(name)) fields.set(name, part.subarray(blank + 4))
    start = end + 2
  }
  return fields
}

function urlEncoded(body: Buffer): Map<string, Buffer> {
  const pairs = body
    .toString('latin1')
    .split('&')
    .slice(0, 1_000)
    .map((pair): [string, Buffer] => {
      const at = pair.indexOf('=')
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      return [bytesOf(name).toString(), bytesOf(value)]
    })
  return new Map(pairs)
}

const bytesOf = (encoded: string): Buffer =>
  Buffer.from(
    encoded
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  )
