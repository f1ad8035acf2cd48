/**
 * Which tier the contract suites run on: the embedded parts, or Debian's programs, whose places the environment names
 * (infra/local/debian/main.ts sets them).
 */
import type { PostgresPrograms } from '../../infra/local/postgres/programs.ts';

export const isRealTier = process.env.HEADRACE_TIER === 'real';

/** Undefined on the embedded tier: the launcher then takes its default. */
export function postgresPrograms(): PostgresPrograms | undefined {
  if (!isRealTier) return undefined;
  return {
    root: required('POSTGRES_ROOT'),
    binDir: required('POSTGRES_BIN_DIR'),
    libDirs: list('POSTGRES_LIBS'),
  };
}

export interface RedisServerProgram {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Undefined on the embedded tier. */
export function redisServerProgram(): RedisServerProgram | undefined {
  if (!isRealTier) return undefined;
  return {
    path: required('REDIS_SERVER_BIN'),
    environment: { LD_LIBRARY_PATH: process.env.REDIS_SERVER_LIBS ?? '' },
  };
}

export interface ChromiumProgram {
  readonly executablePath: string;
  readonly environment: Readonly<Record<string, string>>;
}

export function chromiumProgram(): ChromiumProgram {
  return {
    executablePath: required('CHROMIUM_BIN'),
    environment: {
      LD_LIBRARY_PATH: required('CHROMIUM_LIBS'),
      FONTCONFIG_FILE: required('CHROMIUM_FONTCONFIG_FILE'),
    },
  };
}

const list = (name: string): readonly string[] => required(name).split(':');

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run through \`node infra/local/debian/main.ts <command>\``);
  return value;
}
