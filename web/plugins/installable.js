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

/** What a worker keeps from its first minute: all but the languages, of which a device needs one. */
const fromTheStart = (file) => /^assets\/(?!messages-)/.test(file);

/** The pages of the build that open without a connection, each with a worker of its own. */
const kept = [
  { entry: 'index', name: 'abode', page: '/app/', worker: 'worker.js' },
  { entry: 'scan', name: 'scan', page: '/app/scan.html', worker: 'scan_worker.js' },
  { entry: 'desk', name: 'desk', page: '/app/desk.html', worker: 'desk_worker.js' },
];

/** The files that an entry may ever load. */
function reachable(bundle, entry) {
  const found = new Set();
  const visit = (file) => {
    const chunk = bundle[file];
    if (!chunk || found.has(file)) return;
    found.add(file);
    if (chunk.type !== 'chunk') return;
    const { importedCss = [], importedAssets = [] } = chunk.viteMetadata ?? {};
    for (const next of [...chunk.imports, ...chunk.dynamicImports, ...importedCss, ...importedAssets]) visit(next);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === entry) visit(chunk.fileName);
  if (found.size === 0) throw new Error(`The build has no entry ${entry}`);
  return found;
}

/** Pictures that a style sheet names belong to all. */
const ofStyles = (file) => file.endsWith('.svg');

function workerOf(bundle, { entry, name, page }) {
  const mine = reachable(bundle, entry);
  const files = Object.keys(bundle).filter((file) => fromTheStart(file) && (mine.has(file) || ofStyles(file))).sort().map((file) => `/app/${file}`);
  const others = kept.map((one) => one.page).filter((one) => one.length > page.length);
  return worker()
    .replace('__NAME__', name)
    .replace('__VERSION__', createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12))
    .replace('__PAGE__', page)
    .replace("['__FILES__']", JSON.stringify(files))
    .replace("['__OTHERS__']", JSON.stringify(others));
}

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
      this.emitFile({ type: 'asset', fileName: 'icon.svg', source: icon() });
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) });
      for (const one of kept) this.emitFile({ type: 'asset', fileName: one.worker, source: workerOf(bundle, one) });
    },
  };
}
