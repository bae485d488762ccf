/** A stream of the mail server's library: it goes on past the limit, and then says so. */
type LetterStream = AsyncIterable<Buffer> & { sizeExceeded?: boolean }

/** An answer of SMTP: the number says whether the sender tries again (4…) or gives up (5…). */
export const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/** Letters that are being taken lie in memory, all together `mostBytes`; each until it was stored. */
export function createLetterRoom(mostBytes: number) {
  let takenBytes = 0

  async function read(stream: LetterStream): Promise<Buffer> {
    const pieces: Buffer[] = []
    let own = 0
    let isTooMuch = false
    try {
      for await (const piece of stream) {
        // The rest is read all the same: the sender hears the answer only then.
        isTooMuch ||= takenBytes + piece.length > mostBytes
        if (isTooMuch || stream.sizeExceeded) continue
        pieces.push(piece)
        own += piece.length
        takenBytes += piece.length
      }
      if (stream.sizeExceeded) throw refusal(552, '5.3.4 The letter is too large')
      if (isTooMuch) throw refusal(452, '4.3.1 Too much at once; try again later')
      return Buffer.concat(pieces, own)
    } catch (error) {
      takenBytes -= own
      throw error
    }
  }

  /** Reads a letter and stores it. */
  return async function take(stream: LetterStream, store: (raw: Buffer) => Promise<void>): Promise<void> {
    const raw = await read(stream)
    try {
      await store(raw)
    } finally {
      takenBytes -= raw.length
    }
  }
}
