// Measures modules of src as the app ships them: minified and compressed, each with what it needs but without what is
// loaded later. Modules joined by + are measured as one.
//   node scripts/module_sizes.mjs src/rules/answer.ts src/rules/answer.ts+src/identity/mrz.ts
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';

const entry = 'virtual:entry';

/** A module that hands on all that these export. */
function joined(modules) {
  const lines = modules.map((module, i) => `export * as part${i} from ${JSON.stringify(resolve(module))};`);
  return {
    name: 'joined',
    resolveId: (id) => (id === entry ? `\0${entry}` : null),
    load: (id) => (id === `\0${entry}` ? lines.join('\n') : null),
  };
}

async function measure(modules) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [joined(modules)],
    build: {
      write: false,
      target: ['chrome87', 'safari15'],
      modulePreload: false,
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  });
  const chunks = built.output.filter((chunk) => chunk.type === 'chunk');
  const first = chunks.find((chunk) => chunk.isEntry);
  const needed = chunks.filter((chunk) => chunk === first || first.imports.includes(chunk.fileName));
  const text = needed.map((chunk) => chunk.code).join('');
  return [Buffer.byteLength(text), gzipSync(text, { level: 9 }).length, brotliCompressSync(text).length];
}

const row = (name, sizes) => console.log(sizes.map((size) => String(size).padStart(8)).join('') + `  ${name}`);
row('', ['bytes', 'gzip', 'brotli']);
for (const modules of process.argv.slice(2)) row(modules, await measure(modules.split('+')));
