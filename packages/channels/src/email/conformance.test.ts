import { expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { email } from './index.ts'
import { kit } from './kit.ts'

test.each(conformance(email, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())
