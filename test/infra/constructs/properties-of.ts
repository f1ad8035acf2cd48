/** What a template says of each resource of a type. */

import type { Template } from 'aws-cdk-lib/assertions';

export type Properties = Record<string, unknown> & { readonly AlarmName?: string };

export function propertiesOf(template: Template, type: string): Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}
