/** What is said where there is no image function. */

import type { Problem } from '../../shared/http/problem.ts';

export const NOT_SET_UP: Problem = {
  status: 404,
  code: 'IMAGES_NOT_SET_UP',
  title: 'This edge serves no images',
  detail: 'Set IMAGE_FUNCTION_URL to the address of the image function, with AWS credentials beside it.',
};
