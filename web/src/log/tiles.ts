// The log's tree as static files (C2SP tlog-tiles): where a hash lies, and how to read it.
import { hashChildren } from './merkle';
import type { HashReader, Node } from './merkle';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';

const tileHeight = 8;
const fullWidth = 256;
const hashSizeBytes = 32;

/** One file of hashes: hash i of it is the node of level 8 * `level` and index 256 * `index` + i. */
export interface Tile {
  readonly level: number;
  readonly index: bigint;
  /** 1 to 255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

/** A tile is not there or cannot be got now; it has another length than it must have; or the tree has no such hash. */
export type TileRefusal = 'no-tile' | 'tile-malformed' | 'no-such-hash';

/** The content of the file at a path below the log's address, such as "tile/0/000.p/70"; null if it is not there. */
export type TileFetcher = (path: string) => Promise<Uint8Array | null>;

/** "tile/0/x001/x234/067" or "tile/0/x001/x234/067.p/8". */
export function tilePath(tile: Tile): string {
  let place = (tile.index % 1000n).toString().padStart(3, '0');
  for (let rest = tile.index / 1000n; rest > 0n; rest /= 1000n)
    place = `x${(rest % 1000n).toString().padStart(3, '0')}/${place}`;
  return `tile/${tile.level}/${place}${tile.width === fullWidth ? '' : `.p/${tile.width}`}`;
}

/**
 * Reads hashes out of the tiles of a tree of this size, each tile fetched once. It checks none: a proof that is made of
 * them is checked against a root.
 */
export function tileReader(size: bigint, fetch: TileFetcher): HashReader<TileRefusal> {
  const kept = new Map<string, Promise<Outcome<Uint8Array, TileRefusal>>>();
  return async (node) => {
    const place = placeOf(node, size);
    if (place === null) return refused('no-such-hash');
    const path = tilePath(place.tile);
    const content = kept.get(path) ?? fetchTile(place.tile, fetch);
    kept.set(path, content);
    const bytes = await content;
    return bytes.ok ? done(hashIn(bytes.value, place.first, place.count)) : bytes;
  };
}

interface Place {
  readonly tile: Tile;
  /** The first of the tile's hashes that the node is over. */
  readonly first: number;
  /** And how many: a power of two. */
  readonly count: number;
}

function placeOf(node: Node, size: bigint): Place | null {
  if (node.level > 63 || node.index >= size >> BigInt(node.level)) return null;
  const level = Math.floor(node.level / tileHeight);
  const height = node.level % tileHeight;
  const first = node.index << BigInt(height);
  const index = first / BigInt(fullWidth);
  const available = (size >> BigInt(level * tileHeight)) - index * BigInt(fullWidth);
  const width = available < BigInt(fullWidth) ? Number(available) : fullWidth;
  return { tile: { level, index, width }, first: Number(first % BigInt(fullWidth)), count: 1 << height };
}

/** If only the full tile is left of a partial one, it will do as well: it begins with the same hashes. */
async function fetchTile(tile: Tile, fetch: TileFetcher): Promise<Outcome<Uint8Array, TileRefusal>> {
  const partial = await fetch(tilePath(tile));
  const content =
    partial === null && tile.width < fullWidth ? await fetch(tilePath({ ...tile, width: fullWidth })) : partial;
  if (content === null) return refused('no-tile');
  const size = tile.width * hashSizeBytes;
  if (content.length !== size && content.length !== fullWidth * hashSizeBytes) return refused('tile-malformed');
  return done(content.subarray(0, size));
}

function hashIn(content: Uint8Array, first: number, count: number): Uint8Array {
  if (count === 1) return content.slice(first * hashSizeBytes, (first + 1) * hashSizeBytes);
  const half = count / 2;
  return hashChildren(hashIn(content, first, half), hashIn(content, first + half, half));
}
