/**
 * Which types browsers run in the name of the host that serves them: pages, scripts, style sheets, and all that is XML, since
 * XML may hold scripts; also what may hold pages as parts of a message.
 *
 * Shape   Content-Type -> boolean
 * Errors  none (total)
 * Source  WHATWG MIME Sniffing, "JavaScript MIME type", "XML MIME type"
 */

export function isActiveType(contentType: string): boolean {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  return ACTIVE.test(type.trim());
}

const ACTIVE =
  /^(?:text\/(?:html|xml|xsl|css|jscript|livescript|(?:x-)?ecmascript|(?:x-)?javascript[\d.]*)|application\/(?:xml|wasm|(?:x-)?(?:java|ecma)script)|(?:multipart|message)\/.*|.+\+xml)$/;
