/**
 * Reduces request fields to the part of them that a route has in its key. The same reduced fields tell variants apart and are
 * what the origin sees: what it cannot see it cannot answer by.
 *
 * A route that keys named cookies hides all others from the origin, one by device class the User-Agent.
 *
 * Shape   fields + { cookies, device, languages } -> fields
 * Errors  none (total)
 * Source  RFC 6265 §4.2.1
 */
import { classifyDevice, DEVICE_FIELD } from './device-class.ts';
import { type Field, type Fields, fieldValue, withoutFields } from './fields.ts';
import { selectLanguage } from './language.ts';

export interface RequestFacets {
  /** Cookies by name; none: Cookie is left alone. */
  readonly cookies: readonly string[];
  readonly device: boolean;
  /** The languages the site has, its own first; none: Accept-Language is left alone. */
  readonly languages: readonly string[];
}

/** The fields that the facets put into the key. */
export function facetNames({ cookies, device, languages }: RequestFacets): readonly string[] {
  return [
    ...(cookies.length > 0 ? ['cookie'] : []),
    ...(device ? [DEVICE_FIELD] : []),
    ...(languages.length > 0 ? ['accept-language'] : []),
  ];
}

export function reduceToFacets(fields: Fields, facets: RequestFacets): Fields {
  const others = withoutFields(fields, [...facetNames(facets), ...(facets.device ? DEVICE_SOURCES : [])]);
  return [
    ...others,
    ...cookieField(fields, facets),
    ...deviceField(fields, facets),
    ...languageField(fields, facets),
  ];
}

const DEVICE_SOURCES = ['user-agent', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'];

/** In the route's order, so that a client's is no variant of its own. Of two with one name the first counts, as browsers send them. */
function cookieField(fields: Fields, { cookies }: RequestFacets): readonly Field[] {
  if (cookies.length === 0) return [];
  const sent = new Map<string, string>();
  for (const pair of (fieldValue(fields, 'cookie') ?? '').split(';')) {
    const text = pair.trim();
    const name = text.split('=', 1)[0] ?? '';
    if (!sent.has(name)) sent.set(name, text);
  }
  const kept = cookies.flatMap(name => sent.get(name) ?? []);
  return kept.length === 0 ? [] : [['cookie', kept.join('; ')]];
}

/** What a client says of its own class is not asked. */
function deviceField(fields: Fields, { device }: RequestFacets): readonly Field[] {
  return device ? [[DEVICE_FIELD, classifyDevice(fields)]] : [];
}

function languageField(fields: Fields, { languages }: RequestFacets): readonly Field[] {
  if (languages.length === 0) return [];
  return [['accept-language', selectLanguage(fieldValue(fields, 'accept-language'), languages)]];
}
