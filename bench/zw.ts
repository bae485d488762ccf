import { measureOffers } from './support/offer-latency.ts'
import { percentile } from './support/report.ts'
const { offers, floor } = await measureOffers({
  agents: 60,
  waiting: 700,
  perSecond: Number(process.argv[2] ?? 100),
  seconds: 5,
})
console.log(
  offers.length,
  [0.5, 0.9, 0.99].map((p) => percentile(offers, p).toFixed(1)),
  [0.5, 0.99].map((p) => percentile(floor, p).toFixed(1)),
)
process.exit(0)
