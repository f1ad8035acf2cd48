/**
 * Which types browsers run in the name of the host that serves them: pages, scripts, style sheets, and all that is XML, since
 * XML may hold scripts.
 *
 * Shape   Content-Type -> boolean
 * Errors  none (total)
 */

export function isActiveType(contentType: string): boolean {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  return ACTIVE.test(type.trim());
}

const ACTIVE =
  /^(?:text\/(?:html|xml|xsl|javascript|ecmascript|css)|application\/(?:javascript|ecmascript|x-javascript|xml|wasm)|.+\+xml)$/;
