import { z } from 'zod'
import { configField } from '../config-field.ts'
import { messagingFields } from '../families/meta/messaging-config.ts'

export const config = z.object({
  pageId: z
    .string()
    .trim()
    .regex(/^\d{5,32}$/)
    .meta(
      configField({
        title: { zh: '主页编号', en: 'Page ID' },
        help: { zh: 'Facebook 主页 → 关于 → 主页透明度。', en: 'Facebook Page → About → Page transparency.' },
      }),
    ),
  ...messagingFields,
})
export type Config = z.infer<typeof config>
