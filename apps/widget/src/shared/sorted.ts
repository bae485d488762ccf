/** `toSorted` for the older WebViews that visitors come with. */
export const sorted = <Item>(items: Iterable<Item>, compare: (a: Item, b: Item) => number): Item[] =>
  // oxlint-disable-next-line unicorn/no-array-sort -- of a copy
  [...items].sort(compare)
