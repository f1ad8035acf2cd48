/**
 * The gallery's script: asks what each original is, and weighs what the browser shows of it and might have shown.
 *
 * What a page counts is the body as it came; the sizes of the original are those the image function read.
 */

export const GALLERY_SCRIPT = `const asked = async url => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error((await answer.json()).title);
  return answer;
};
const weigh = async url => (await (await asked(url)).blob()).size;
const kilobytes = bytes => (bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 }) + ' kB';
const less = (bytes, original) => Math.round(100 * (1 - bytes / original)) + ' % less';
const arrived = image => new Promise((resolve, reject) => {
  if (image.complete && image.naturalWidth > 0) return resolve();
  image.addEventListener('load', resolve);
  image.addEventListener('error', () => reject(new Error('The picture did not come')));
});

async function show(figure) {
  const part = name => figure.querySelector('[data-' + name + ']');
  const about = await (await asked(figure.dataset.about)).json();
  const image = figure.querySelector('img');
  image.style.setProperty('--shade', about.dominantColour);
  part('original').textContent = about.width + ' × ' + about.height + ', ' + about.type.toUpperCase() + ', ' + kilobytes(about.bytes);
  figure.querySelector('details').addEventListener('toggle', () => fill(figure, about.bytes), { once: true });
  await arrived(image);
  const picture = await (await asked(image.currentSrc)).blob();
  const { width } = await createImageBitmap(picture);
  part('bar').style.width = Math.max(1, 100 * picture.size / about.bytes) + '%';
  part('shown').textContent = 'Here: ' + picture.type.slice(6).toUpperCase() + ', ' + width + ' px wide, '
    + kilobytes(picture.size) + ', ' + less(picture.size, about.bytes);
}

async function fill(figure, original) {
  for (const cell of figure.querySelectorAll('[data-weigh]')) {
    const bytes = await weigh(cell.dataset.weigh).catch(() => undefined);
    cell.textContent = bytes === undefined ? 'not made' : kilobytes(bytes);
    if (bytes !== undefined) cell.title = less(bytes, original);
  }
}

for (const figure of document.querySelectorAll('figure[data-about]'))
  show(figure).catch(error => { figure.querySelector('[data-shown]').textContent = error.message; });
`;
