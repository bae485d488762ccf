import { settingMeta, settingsSchema } from '../apps/server/src/settings.ts'

/** docs/operations/settings.md, from the schema that reads the settings. */
export function settingsTable() {
  const rows = Object.keys(settingsSchema.shape).map((name) => {
    const { description, expected, fallback } = settingMeta(name)
    return `| \`${name}\` | ${description} | ${expected} | ${fallback} |`
  })
  return `# Settings

Settings are environment variables. A wrong value stops the start with a sentence that names it; an empty one counts as not set.
Written by \`npm run generate\` from \`apps/server/src/settings.ts\`.

| setting | what it does | value | without it |
|---|---|---|---|
${rows.join('\n')}
`
}
