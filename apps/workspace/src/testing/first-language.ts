import { beforeAll } from 'vitest'
import { i18n } from '../shared/i18n.ts'

/** Modules are loaded once for all files of tests, and the language is all that they hold: each file begins with the first. */
beforeAll(async () => void (await i18n.changeLanguage('zh-CN')))
