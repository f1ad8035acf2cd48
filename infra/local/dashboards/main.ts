/**
 * `npm run dashboards`: writes Grafana's dashboard and Prometheus's rules anew, after an alarm, a measure or a panel has changed.
 */

import { writeFile } from 'node:fs/promises';
import { DASHBOARD_FILES } from './files.ts';

for (const [file, text] of Object.entries(DASHBOARD_FILES)) await writeFile(file, text());
