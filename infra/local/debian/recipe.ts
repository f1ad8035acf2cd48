/**
 * Which of Debian's packages make up each program of the second tier, and what of them is never run.
 *
 * Shape   PostgreSQL's major version -> program -> package names
 */
import { createHash } from 'node:crypto';

export const PROGRAMS = ['redis', 'postgres', 'chromium'] as const;
export type Program = (typeof PROGRAMS)[number];

export type Recipe = Readonly<Record<Program, readonly string[]>>;

/** Chromium draws no letter without a font; Liberation measures like the usual ones, DejaVu has the signs it lacks. */
export const recipeFor = (postgresMajor: number): Recipe => ({
  redis: ['redis-server'],
  postgres: [`postgresql-${postgresMajor}`, `postgresql-${postgresMajor}-hypopg`],
  chromium: ['chromium', 'fonts-liberation', 'fonts-dejavu-core'],
});

/** Of those that apt lists, the newest PostgreSQL for which HypoPG exists; null when there is none. */
export function newestPostgresMajor(packageNames: readonly string[]): number | null {
  const majors = packageNames
    .flatMap(name => /^postgresql-(\d+)-hypopg$/.exec(name)?.slice(1) ?? [])
    .map(Number);
  return majors.length > 0 ? Math.max(...majors) : null;
}

/** What only maintainer scripts, services, JIT compilation and hardware graphics need: a third of the download. */
const NEVER_RUN =
  /^(lib(llvm|z3-|perl|semanage|sepol|cryptsetup|devmapper)|perl|locales|libc-l10n|systemd|dmsetup|mount|login|passwd|adduser|ssl-cert|ucf|adwaita-icon-theme|libgl1-mesa-dri)/;

export const isNeverRun = (packageName: string): boolean => NEVER_RUN.test(packageName);

/** Left out of every package, as tar patterns: the programs read none of it from the unpacked tree. */
export const LEFT_OUT = [
  './bin',
  './sbin',
  './etc',
  './var',
  './usr/sbin',
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/icons',
];

/** Names the trees that were made by these rules: changed rules make a new one. */
export function recipeId(): string {
  const rules = JSON.stringify([recipeFor(0), NEVER_RUN.source, LEFT_OUT]);
  return createHash('sha256').update(rules).digest('hex').slice(0, 8);
}
