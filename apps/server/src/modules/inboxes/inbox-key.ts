import { randomInt } from 'node:crypto'

/** No letters that are read as others, and no vowels: a key is typed from paper and should spell nothing. */
const letters = 'bcdfghjkmnpqrstvwxz23456789'
const length = 10

/** Public name of an inbox in embed codes and links; a name, not a secret. */
export const newInboxKey = (): string => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
