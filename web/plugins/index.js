export { catalogs } from './catalogs.js';
export { compressed } from './compressed.js';
export { installable } from './installable.js';
