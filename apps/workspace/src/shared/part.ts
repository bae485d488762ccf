/** A file of the app did not come: the network is gone, or a new version has been deployed and the old files with it. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing'
}

/** Loads a part of the app when it is first wanted. What catches the refusal finds out which of the two it is. */
export const part =
  <Module>(load: () => Promise<Module>): (() => Promise<Module>) =>
  () =>
    load().catch((error: unknown) => {
      throw new PartMissing('A part of the page did not come', { cause: error })
    })
