import { randomBytes } from 'node:crypto'

/**
 * Everything of an attachment lies in one folder, so that whatever a crash left can be found. The ends of ids are random
 * (their beginnings are the time), which spreads folders evenly. A new key for each write: two runs never disturb each other.
 */
export const blobFolder = (id: string): string => `${id.slice(-2)}/${id}/`

export const newBlobKey = (id: string, part: 'original' | 'view' | 'thumbnail'): string =>
  `${blobFolder(id)}${part}-${randomBytes(6).toString('hex')}`
