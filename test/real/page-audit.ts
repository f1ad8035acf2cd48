/**
 * What of a page's accessibility a program can see: names, labels, headings, and the contrast of every text as it is painted.
 *
 * Shape   the text of a function for the browser -> sentences about what is wrong
 * Source  WCAG 2.2: 1.3.1, 1.4.3 (4.5:1, large text 3:1), 2.4.6, 3.1.1, 4.1.2; the formulas of relative luminance and contrast
 */

export const AUDIT = `(() => {
  const wrong = [];
  const isSeen = element => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('[aria-hidden=true]');
  const nameOf = element => (element.getAttribute('aria-label') ?? [...(element.labels ?? [])].map(l => l.textContent).join(' ') ?? '').trim() || (/^(BUTTON|A|SUMMARY)$/.test(element.tagName) ? element.textContent.trim() : '');
  const place = element => element.tagName.toLowerCase() + (element.id && '#' + element.id) + ' "' + element.textContent.trim().slice(0, 30) + '"';

  if (!document.documentElement.lang) wrong.push('the page has no language');
  if (!document.title) wrong.push('the page has no title');
  for (const field of document.querySelectorAll('input, select, textarea, button, a[href], summary, [tabindex="0"]'))
    if (isSeen(field) && !nameOf(field)) wrong.push(place(field) + ' has no name');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size < ids.length) wrong.push('an id is used twice');
  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1 && !heading.closest('dialog')) wrong.push(place(heading) + ' skips a level');
    level = own;
  }

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = colour => known.get(colour) ?? known.set(colour, painted(colour)).get(colour);
  const painted = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a));
  const backgroundOf = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const dialog = document.querySelector('dialog[open]');
  const texts = document.createTreeWalker(dialog ?? document.body, NodeFilter.SHOW_TEXT);
  let looked = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !isSeen(element) || element.closest('.unseen, .skip, option')) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    let [r, g, b, alpha] = rgba(element instanceof SVGElement ? style.fill : style.color);
    for (let at = element; at; at = at.parentElement) alpha *= Number(getComputedStyle(at).opacity);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(over([r, g, b, alpha], background), background);
    looked++;
    if (ratio < (isLarge ? 3 : 4.5)) wrong.push(place(element) + ' has a contrast of ' + ratio.toFixed(2));
  }
  if (looked < 10 && !dialog) wrong.push('there is hardly any text: ' + looked);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push('it is ' + scrollWidth + ' px wide in ' + clientWidth);
  return wrong;
})()`;
