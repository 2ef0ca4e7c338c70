import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { catalogs, compressed, installable } from './plugins/index.js';

/** Where a register listens that the development server sends requests on to. */
const register = 'http://localhost:8080';

export default defineConfig(({ mode }) => ({
  base: '/app/',
  plugins: [catalogs(), preact(), installable(), compressed()],
  resolve: {
    // Catalogs are parsed when they are built: no parser goes to the phone. Tests of catalogs have it.
    alias: mode === 'test' ? {} : { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
  },
  build: {
    // Old phones are in use: the last Chrome of Android 5, and iOS 15.
    target: ['chrome87', 'safari15'],
    outDir: '../build/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Our own links stand in the document (installable.js): what Vite makes of it in the scripts was broken at times.
    modulePreload: false,
    rolldownOptions: {
      input: ['index.html', 'scan.html', 'desk.html'],
      output: {
        chunkFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.includes('/catalogs/web/') ? 'assets/messages-[name]-[hash].js' : 'assets/[name]-[hash].js',
        // A page comes with those that are opened next to it: one file is one wait on a slow connection.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'public', test: /src\/pages\/public\// },
            { name: 'device', test: /src\/(?:pages\/device|identity|rules\/(?!data)|slips\/(?!qr))/ },
            { name: 'resident', test: /src\/pages\/(?:home|household|register|records|registrations)\// },
            { name: 'sharing', test: /src\/pages\/(?:sharing|account|rights)\// },
            { name: 'officials', test: /src\/pages\/officials\// },
            // All tables and calendars in one file: what is asked for does not show in which one is loaded.
            { name: 'rules', test: /src\/rules\/data\// },
            { name: 'proofs', test: /src\/pages\/proofs\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      // The register takes writes from its own pages only: here it hears its own name.
      '^/(?!app/)': { target: register, changeOrigin: true, headers: { origin: register } },
    },
  },
  test: { css: true, include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
}));
