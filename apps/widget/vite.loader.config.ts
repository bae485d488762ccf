import { defineConfig } from 'vite'

/** The loader for the host page: dist/widget.js, one script without imports. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: ['chrome92', 'safari15', 'firefox100'],
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'QiaoLoader', fileName: () => 'widget.js' },
    reportCompressedSize: false,
  },
})
