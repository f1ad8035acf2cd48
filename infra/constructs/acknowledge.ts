/**
 * Says to the rules of cdk-nag why one finding is right as it is; each is named as a whole, so that another is still found.
 *
 * Shape   role, resource with a wildcard, reason -> an acknowledgement of just that
 */

import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A resource of a policy that ends in a wildcard, as text or with tokens in it. */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  const id = `AwsSolutions-IAM5[Resource::${flatten(Stack.of(scope).resolve(resource))}]`;
  Validations.of(scope).acknowledge({ id, reason });
}

/** As the rules print a reference: <Name.Attribute>, <AWS::AccountId>. */
function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(flatten).join('');
  const [[kind, inner] = []] = Object.entries(value);
  if (kind === 'Fn::Join' && Array.isArray(inner)) return flatten(inner[1]);
  if (kind === 'Fn::GetAtt' && Array.isArray(inner)) return `<${inner.join('.')}>`;
  return kind === 'Ref' ? `<${inner}>` : flatten(inner);
}
