import { createStore, useStore } from '../../../shared/store.ts'

/** Mails whose pictures from elsewhere this agent wants to see: for all parts of them, until the page is closed. */
const store = createStore<ReadonlySet<string>>(new Set())

export const arePicturesAllowed = (bodyId: string): boolean => store.get().has(bodyId)
export const usePicturesAllowed = (bodyId: string): boolean => useStore(store, (bodies) => bodies.has(bodyId))
export const allowPictures = (bodyId: string): void => store.set((bodies) => new Set([...bodies, bodyId]))
