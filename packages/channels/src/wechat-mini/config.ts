import { z } from 'zod'
import { platformFields } from '../families/wechat/config.ts'

export const config = z.object(platformFields)
export type Config = z.infer<typeof config>
