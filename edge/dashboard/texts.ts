/**
 * The two pages and what they are made of, as text: static files, part of the Worker.
 */

import alerts from './page/alerts.js' with { type: 'text' };
import api from './page/api.js' with { type: 'text' };
import chart from './page/chart.js' with { type: 'text' };
import page from './page/dashboard.html' with { type: 'text' };
import main from './page/dashboard.js' with { type: 'text' };
import dom from './page/dom.js' with { type: 'text' };
import format from './page/format.js' with { type: 'text' };
import frame from './page/frame.js' with { type: 'text' };
import health from './page/health.js' with { type: 'text' };
import css from './page/page.css' with { type: 'text' };
import poll from './page/poll.js' with { type: 'text' };
import referenceCss from './page/reference.css' with { type: 'text' };
import reference from './page/reference.html' with { type: 'text' };
import referenceMain from './page/reference.js' with { type: 'text' };
import schema from './page/schema.js' with { type: 'text' };
import shapes from './page/shapes.js' with { type: 'text' };
import sources from './page/sources.js' with { type: 'text' };
import tables from './page/tables.js' with { type: 'text' };
import theme from './page/theme.js' with { type: 'text' };
import tiles from './page/tiles.js' with { type: 'text' };
import token from './page/token.js' with { type: 'text' };
import tools from './page/tools.js' with { type: 'text' };
import trying from './page/try.js' with { type: 'text' };
import wheel from './page/wheel.js' with { type: 'text' };
import type { DashboardTexts } from './pages.ts';

export const DASHBOARD_TEXTS: DashboardTexts = {
  page,
  reference,
  assets: {
    'alerts.js': alerts,
    'api.js': api,
    'chart.js': chart,
    'dashboard.js': main,
    'dom.js': dom,
    'format.js': format,
    'frame.js': frame,
    'health.js': health,
    'page.css': css,
    'poll.js': poll,
    'reference.css': referenceCss,
    'reference.js': referenceMain,
    'schema.js': schema,
    'shapes.js': shapes,
    'sources.js': sources,
    'tables.js': tables,
    'theme.js': theme,
    'tiles.js': tiles,
    'token.js': token,
    'tools.js': tools,
    'try.js': trying,
    'wheel.js': wheel,
  },
};
