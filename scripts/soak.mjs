// `npm run soak -- HOURS`: the long run, bench/soak.ts.
process.argv.splice(2, 0, 'soak')
await import('./bench.mjs')
