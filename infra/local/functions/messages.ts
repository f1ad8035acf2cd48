/**
 * What the launcher and the functions' process say to each other.
 */

import type { Topology } from '../../check-topology.ts';
import type { AwsAccess } from '../aws/start.ts';
import type { InvocationResult } from './invocation.ts';

export interface FunctionsSettings {
  readonly functions: Topology['functions'];
  readonly crons: NonNullable<Topology['crons']>;
  readonly aws: AwsAccess;
  /** What every function finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the topology's entries are relative to. */
  readonly root: string;
  readonly stateDir: string;
}

export type ToFunctions =
  | { readonly kind: 'start'; readonly settings: FunctionsSettings }
  | { readonly kind: 'invoke'; readonly id: number; readonly name: string; readonly payload: string };

export type FromFunctions =
  /** By function, where its URL answers. */
  | { readonly kind: 'started'; readonly urls: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'invoked'; readonly id: number; readonly result: InvocationResult };
