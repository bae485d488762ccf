/** Names a picture that was put into the text here; those of a mail that is passed on have names of their own. */
export const cidOf = (attachmentId: string): string => `${attachmentId}@qiao`

/** Pictures that were just chosen are shown from this machine: the server may still be preparing them. */
const addresses = new Map<string, string>()

export const localAddress = (cid: string): string | undefined => addresses.get(cid)

export function showLocally(cid: string, file: File): void {
  if (!addresses.has(cid)) addresses.set(cid, URL.createObjectURL(file))
}

export function forgetPictures(): void {
  for (const address of addresses.values()) URL.revokeObjectURL(address)
  addresses.clear()
}
