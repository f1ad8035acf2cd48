/**
 * The two pages and what they are made of, as text: static files, part of the Worker.
 */

import page from './page/dashboard.html' with { type: 'text' };
import dom from './page/dom.js' with { type: 'text' };

export const DASHBOARD_TEXTS = { page, reference: page, assets: { 'dom.js': dom } };
