import { z } from 'zod'
import { configField } from '../config-field.ts'
import { platformFields } from '../families/wechat/config.ts'

export const config = z.object({
  ...platformFields,
  kfAccount: z
    .string()
    .trim()
    .max(64)
    .optional()
    .meta(
      configField({
        title: { zh: '客服账号', en: 'Customer service account' },
        help: {
          zh: '形如 name@gh_xxx：客户看到它的昵称和头像。可不填。',
          en: 'Like name@gh_xxx: customers see its name and picture. May be left empty.',
        },
        advanced: true,
      }),
    ),
})
export type Config = z.infer<typeof config>
