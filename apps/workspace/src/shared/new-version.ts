import { createStore } from './store.ts'
import { whenFinished } from './unfinished.ts'

const reloadedForKey = 'qiao.reloaded-for'

/** A new version is there, and the page waits with it for what would be lost. */
export const newVersionWaits = createStore(false)

/** The script with which the page begins: its name carries a hash of all that it loads. */
const beginningOf = (page: Document): string | null =>
  page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null

async function newerVersion(): Promise<string | null> {
  const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-cache' }).catch(() => null)
  if (!response?.ok) return null
  const newest = beginningOf(new DOMParser().parseFromString(await response.text(), 'text/html'))
  if (newest === null || newest === beginningOf(document)) return null
  return sessionStorage.getItem(reloadedForKey) === newest ? null : newest
}

let reloading: Promise<boolean> | undefined

/**
 * Reloads the page where it is if the server has another version of it, once nothing would be lost by that; says whether it
 * does. Once for each version: while servers of two versions answer in turn, or when the new one lacks a file too, the page
 * must not reload for ever.
 */
export function reloadIfNewer(): Promise<boolean> {
  reloading ??= reload().finally(() => (reloading = undefined))
  return reloading
}

async function reload(): Promise<boolean> {
  const newest = await newerVersion()
  if (newest === null) return false
  newVersionWaits.set(true)
  await whenFinished()
  sessionStorage.setItem(reloadedForKey, newest)
  location.reload()
  return true
}
