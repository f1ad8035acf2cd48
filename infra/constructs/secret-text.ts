/**
 * A secret, or one of its fields, as it is read when the stack is deployed: the template says where it is and never what it
 * holds.
 *
 * Shape   name in Secrets Manager, field -> the reference that CloudFormation resolves
 */

import { SecretValue } from 'aws-cdk-lib';

export function secretText(name: string, jsonField?: string): string {
  return SecretValue.secretsManager(name, jsonField === undefined ? {} : { jsonField }).unsafeUnwrap();
}
