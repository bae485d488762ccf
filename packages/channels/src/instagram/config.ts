import { z } from 'zod'
import { configField } from '../config-field.ts'
import { messagingFields } from '../families/meta/messaging-config.ts'

export const config = z.object({
  accountId: z
    .string()
    .trim()
    .regex(/^\d{5,32}$/)
    .meta(
      configField({
        title: { zh: 'Instagram 账户编号', en: 'Instagram account ID' },
        help: {
          zh: '专业账户的编号（数字），不是用户名。Meta 应用 → Instagram → API 设置。',
          en: 'The number of the professional account, not its name. Meta app → Instagram → API setup.',
        },
      }),
    ),
  ...messagingFields,
})
export type Config = z.infer<typeof config>
