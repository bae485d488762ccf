/** What sniffing needs of a file that is already stored: its beginning, and any other piece on demand. */
export type ByteSource = {
  bytes: number
  /** The first `headBytes` or everything if it is shorter. */
  head: Uint8Array
  read(start: number, length: number): Promise<Uint8Array>
}

export const headBytes = 65_536

export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

export const bufferSource = (content: Uint8Array): ByteSource => ({
  bytes: content.length,
  head: content.subarray(0, headBytes),
  read: (start, length) => Promise.resolve(content.subarray(start, start + length)),
})
