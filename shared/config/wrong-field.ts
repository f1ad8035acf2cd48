/**
 * Says which field of a configuration or of a request's body is wrong, and what it must be, in words for a person.
 *
 * Shape   zod's issue -> path ('routes[0].ttl') and words ('must be …'); what zod refused -> both, of the first that is wrong
 * Errors  none
 */

import type * as z from 'zod/mini';

/** Zod's own complaints, where the schema has no words for them. */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? 'must not be empty' : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'array' ? ' long' : ''}`;
    case 'unrecognized_keys':
      return 'is not known here';
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};

/** `whole` is what is wrong when no field of it is. */
export function formatPath(issue: z.core.$ZodIssue, whole = 'the configuration'): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const text = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '') || whole;
}

export function wordFault({ issues: [issue] }: Pick<z.core.$ZodError, 'issues'>, whole: string): string {
  return issue ? `${formatPath(issue, whole)} ${issue.message}` : `${whole} is wrong`;
}
