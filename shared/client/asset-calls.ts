/**
 * Letting a browser put one file into the bucket of assets by itself.
 */

import type { PresignBody, Presigned } from '../api/assets.ts';
import type { Call, CallSettings } from './call.ts';

export interface AssetCalls {
  /** Of one name, one type and a bounded size; what it gives is sent to the browser, which sends the file. */
  presign(upload: PresignBody, settings?: CallSettings): Promise<Presigned>;
}

export function assetCalls(call: Call): AssetCalls {
  return {
    presign: (body, settings) => call('POST /api/admin/assets/presign', { ...settings, body }),
  };
}
