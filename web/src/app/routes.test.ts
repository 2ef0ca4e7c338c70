import { describe, expect, it } from 'vitest';
import { find, type Route } from './routes';

const route = (pattern: string): Route => ({ pattern, load: () => Promise.reject(new Error('not loaded here')), area: 'frame' });
const routes = [route(''), route('register'), route('registrations/{id}'), route('registrations/{id}/move')];

describe('routes', () => {
  it('are found by their patterns', () => {
    expect(find(routes, '')?.route.pattern).toBe('');
    expect(find(routes, 'registrations/A%20B/move')?.params).toEqual({ id: 'A B' });
    expect(find(routes, 'registrations/%')?.params).toEqual({ id: '%' });
  });

  it('are not found by anything else', () => {
    for (const path of ['registrations', 'register/x', 'Register', 'registrations/1/end']) expect(find(routes, path)).toBeNull();
  });
});
