const reloadedForKey = 'qiao.reloaded-for'

/** The script with which the page begins: its name carries a hash of all that it loads. */
const beginningOf = (page: Document): string | null =>
  page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null

/**
 * Reloads the page where it is if the server has another version of it; says whether it does. Once for each version: while
 * servers of two versions answer in turn, or when the new one lacks a file too, the page must not reload for ever.
 */
export async function reloadIfNewer(): Promise<boolean> {
  const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-cache' }).catch(() => null)
  if (!response?.ok) return false
  const newest = beginningOf(new DOMParser().parseFromString(await response.text(), 'text/html'))
  if (newest === null || newest === beginningOf(document)) return false
  if (sessionStorage.getItem(reloadedForKey) === newest) return false
  sessionStorage.setItem(reloadedForKey, newest)
  location.reload()
  return true
}
