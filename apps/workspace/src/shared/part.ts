import { reloadIfNewer } from './new-version.ts'

/** A file of the app did not come: the network is gone, or a new version has been deployed and the old files with it. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing'
}

/** Loads a page when it is first wanted. What catches the refusal finds out which of the two it is. */
export const pagePart =
  <Module>(load: () => Promise<Module>): (() => Promise<Module>) =>
  () =>
    load().catch((error: unknown) => {
      throw new PartMissing('A part of the page did not come', { cause: error })
    })

/** Loads a part of a page that stands: it stays for what is unfinished on it, and then goes on in the new version. */
export const part = <Module>(load: () => Promise<Module>): (() => Promise<Module>) => {
  const loaded = pagePart(load)
  return async () => {
    try {
      return await loaded()
    } catch (error) {
      // Never answered: whoever waits for the part goes with the page.
      if (await reloadIfNewer()) await new Promise(() => undefined)
      throw error
    }
  }
}
