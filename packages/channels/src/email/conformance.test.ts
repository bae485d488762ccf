import { test } from 'vitest'
import { conformance } from '../conformance.ts'
import { email } from './index.ts'
import { kit } from './kit.ts'

test.each(conformance(email, kit))('$name', async ({ run }) => run())
