import type { InlineConfig, Plugin } from 'vite'

/** The host page may be in any encoding (GBK still is common), and its script tag inherits it: nothing but ASCII then. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      file.code = file.code.replace(
        /[^\0-\x7f]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
}

/** The loader for the host page: dist/widget.js, one script without imports. */
export const loader: InlineConfig = {
  configFile: false,
  publicDir: false,
  plugins: [ascii],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: ['chrome92', 'safari15', 'firefox100'],
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'QiaoLoader', fileName: () => 'widget.js' },
    reportCompressedSize: false,
  },
}
