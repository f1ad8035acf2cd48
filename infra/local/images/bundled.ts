/**
 * Where `npm run images` keeps the function's bundle.
 */
import { join } from 'node:path';
import { bundledFile } from '../../bundle.ts';
import { projectDir } from '../paths.ts';

export const ENTRY = 'functions/optimize-image/handler.ts';
export const OUT_FILE = join(projectDir, '.headrace', 'images', bundledFile);
