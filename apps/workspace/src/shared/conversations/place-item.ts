import type { ConversationItem } from '@qiao/protocol'
import type { ListFilters, Viewer } from './filters.ts'
import { belongs, compareItems } from './membership.ts'

/**
 * Puts a changed conversation where it belongs in a list that is held only in part: in its place, or out. Returns the
 * same array when nothing changed. `hasMore`: what would come after the last held row is on a page not read yet.
 */
export function placeItem(
  items: readonly ConversationItem[],
  item: ConversationItem,
  filters: ListFilters,
  viewer: Viewer,
  hasMore: boolean,
): readonly ConversationItem[] {
  const at = items.findIndex((held) => held.conversation.id === item.conversation.id)
  const belonging = belongs(item, filters, viewer)
  if (belonging === 'no') return at === -1 ? items : items.toSpliced(at, 1)
  if (at === -1 && belonging === 'unknown') return items
  if (at !== -1 && items[at] === item) return items
  const others = at === -1 ? items : items.toSpliced(at, 1)
  const compare = compareItems(filters)
  const before = others.findIndex((other) => compare(item, other) < 0)
  if (before !== -1) return others.toSpliced(before, 0, item)
  // Already shown rows stay shown, even when they would now sort behind the last page that was read.
  return hasMore && at === -1 ? items : [...others, item]
}
