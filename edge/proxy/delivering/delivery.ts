/**
 * What is to be delivered, before the client's conditions, ranges and method have had their say.
 */

import type { Fields } from '../../../shared/http/fields.ts';
import type { ResponseBody } from '../../adapters/encoded-response.ts';
import type { CreateBodyPipe } from '../../platform.ts';

export interface Delivery {
  readonly status: number;
  readonly fields: Fields;
  readonly receivedAt: number;
  readonly body: ResponseBody;
  /** Through which a part of a body on its way goes. */
  readonly createPipe?: CreateBodyPipe;
}
