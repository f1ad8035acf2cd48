/**
 * The analysis of the database: what asks it at night, and what does the jobs of that type. Without a database it is left out.
 */

import type { Construct } from 'constructs';
import type { Topology } from '../check-topology.ts';
import { DeployedStack, type DeployedStackProps } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
import { drawFunctions } from './parts.ts';

export interface AnalysisStackProps extends DeployedStackProps {
  readonly topology: Topology;
}

export class AnalysisStack extends DeployedStack {
  constructor(scope: Construct, id: string, { topology, ...props }: AnalysisStackProps) {
    super(scope, id, props);
    const jobs = new JobServices(this, 'jobs', { queues: Object.keys(topology.queues) });
    drawFunctions(this, { name: 'analysis', topology, jobs });
  }
}
