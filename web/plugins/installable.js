import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const here = (path) => new URL(path, import.meta.url);
const icon = () => readFileSync(here('../../src/pages/icon.svg'));
const worker = () => readFileSync(here('../src/worker/worker.js'), 'utf8');

const manifest = {
  name: 'Abode',
  short_name: 'Abode',
  id: '/app/',
  start_url: '/app/',
  scope: '/app/',
  display: 'standalone',
  background_color: '#faf6ef',
  theme_color: '#faf6ef',
  icons: [{ src: '/app/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' }],
};

/** What the worker keeps from its first minute: all but the languages, of which a device needs one. */
const fromTheStart = (file) => /^assets\/(?!messages-)/.test(file);

export function installable() {
  return {
    name: 'abode-installable',
    configureServer(server) {
      server.middlewares.use('/app/icon.svg', (_, response) => {
        response.setHeader('Content-Type', 'image/svg+xml');
        response.end(icon());
      });
    },
    // All that the first script imports is asked for with it, not after it.
    transformIndexHtml: {
      order: 'post',
      handler(_, { chunk }) {
        const imports = chunk?.imports ?? [];
        return imports.map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `/app/${file}` }, injectTo: 'head' }));
      },
    },
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter(fromTheStart).sort().map((file) => `/app/${file}`);
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      const source = worker().replace('__VERSION__', version).replace("['__FILES__']", JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'icon.svg', source: icon() });
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) });
      this.emitFile({ type: 'asset', fileName: 'worker.js', source });
    },
  };
}
