/**
 * Tells phones, tablets and the rest apart, so that a page made for each is stored three times and not once a browser.
 *
 * Shape   User-Agent, Sec-CH-UA-Mobile -> 'mobile' | 'tablet' | 'desktop'
 * Errors  none (total); what says nothing is a desktop
 * Source  MDN, Browser detection using the user agent: `Mobi` for phones; User-Agent Client Hints §3.5
 */
import { type Fields, fieldValue } from './fields.ts';

export type DeviceClass = 'mobile' | 'tablet' | 'desktop';

/** The one field in which Headrace tells the origin. */
export const DEVICE_FIELD = 'x-device-class';

/** Android without `Mobile` is a tablet, by its makers' own rule. */
const TABLET = /iPad|Tablet|PlayBook|Kindle|Silk\/(?!.*Mobile)|Android(?!.*Mobi)/i;
const MOBILE = /Mobi|iPhone|iPod|Windows Phone|BlackBerry|Opera Mini/i;

export function classifyDevice(fields: Fields): DeviceClass {
  const agent = (fieldValue(fields, 'user-agent') ?? '').slice(0, LONGEST_AGENT);
  if (TABLET.test(agent)) return 'tablet';
  if (MOBILE.test(agent)) return 'mobile';
  return fieldValue(fields, 'sec-ch-ua-mobile') === '?1' ? 'mobile' : 'desktop';
}

/** What comes behind is not about the device. */
const LONGEST_AGENT = 512;
