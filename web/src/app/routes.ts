import type { ComponentType } from 'preact';
import type { Area } from '../text/text';

/** What a page gets: the parts of its address that stand for something. */
export interface PageProps {
  params: Readonly<Record<string, string>>;
}

export interface Route {
  /** "registrations/{id}/move" */
  pattern: string;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
  area: Area;
}

export interface Found {
  route: Route;
  params: Record<string, string>;
}

/** The first route whose pattern fits. */
export function find(routes: readonly Route[], path: string): Found | null {
  const parts = path.split('/');
  for (const route of routes) {
    const params = match(route.pattern.split('/'), parts);
    if (params) return { route, params };
  }
  return null;
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [i, wanted] of pattern.entries()) {
    const part = parts[i] ?? '';
    if (wanted.startsWith('{')) params[wanted.slice(1, -1)] = decode(part);
    else if (wanted !== part) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
