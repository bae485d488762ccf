/** A mean over independent runs, and between what bounds the true one lies with 95 % confidence; null is not known. */
export interface Figure {
  mean: number | null
  low: number | null
  high: number | null
}

/** Quantiles (97.5 %) of Student's t by degrees of freedom 1 to 30; beyond that Cornish and Fisher's expansion is exact enough. */
const student = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const normal = 1.959964

const quantile = (freedom: number): number => student[freedom - 1] ?? normal + (normal ** 3 + normal) / (4 * freedom)

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the mean of independent values. */
export function standardErrorOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

/** One run says nothing about how far it may be off. Runs in which there was nothing to see (null) are left out. */
export function figureOf(seen: readonly (number | null)[]): Figure {
  const values = seen.filter((value) => value !== null)
  if (values.length === 0) return { mean: null, low: null, high: null }
  const mean = meanOf(values)
  if (values.length === 1) return { mean, low: null, high: null }
  const half = quantile(values.length - 1) * standardErrorOf(values)
  return { mean, low: mean - half, high: mean + half }
}
