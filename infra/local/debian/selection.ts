/**
 * Decides, with apt's knowledge, which packages each program is unpacked from.
 *
 * Errors  ToolFailure when the machine's sources offer no HypoPG or miss a package
 */
import type { Apt, DebianPackage } from './apt.ts';
import { ToolFailure } from './command.ts';
import { isNeverRun, newestPostgresMajor, type Program, recipeFor } from './recipe.ts';

export interface Selection {
  readonly postgresMajor: number;
  readonly packages: Readonly<Record<Program, readonly DebianPackage[]>>;
}

export async function selectPackages(apt: Apt): Promise<Selection> {
  const complaint = await apt.update();
  const postgresMajor = newestPostgresMajor(await apt.packageNames('postgresql-'));
  if (postgresMajor === null)
    throw new ToolFailure(complaint ?? 'no package source of this machine offers HypoPG');
  const recipe = recipeFor(postgresMajor);
  const resolve = async (program: Program): Promise<readonly DebianPackage[]> =>
    (await apt.resolve(recipe[program])).filter(({ name }) => !isNeverRun(name));
  const [redis, postgres, chromium] = await Promise.all([
    resolve('redis'),
    resolve('postgres'),
    resolve('chromium'),
  ]);
  return { postgresMajor, packages: { redis, postgres, chromium } };
}

/** Programs share libraries; each package is downloaded once. */
export function allPackages({ packages }: Selection): readonly DebianPackage[] {
  const byName = new Map(
    Object.values(packages)
      .flat()
      .map(entry => [entry.name, entry]),
  );
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}
