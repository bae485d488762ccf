/** As square as it gets on a wide screen: 2 beside each other, 4 in two rows, 9 in three. */
export const wallColumns = (tiles: number): number => {
  if (tiles <= 3) return Math.max(1, tiles)
  return Math.ceil(Math.sqrt(tiles))
}
