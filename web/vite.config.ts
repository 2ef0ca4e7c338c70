import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [preact()],
  // Old phones are in use: the last Chrome of Android 5, and iOS 15.
  build: { target: ['chrome87', 'safari15'] },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});
