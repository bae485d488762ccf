import { buildFrontEnds } from './front-ends.mjs'
import { ensureInstalled } from './installation.mjs'

ensureInstalled()
process.exitCode = (await buildFrontEnds({ force: true })) ? 0 : 1
