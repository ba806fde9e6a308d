// Types of what the bundler defines.
/// <reference types="vite/client" />
import 'vue-router';
import type { Home } from './session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without signing in. */
    public?: boolean;
    /** Which tab of the bottom bar is lit; without it the bar is not shown. */
    tab?: 'today' | 'report' | 'tickets' | 'inbox' | 'me' | 'board' | 'menu';
    /** Only people with one of these start pages may open it. */
    homes?: Home[];
    /** And administrators, wherever they start. */
    admins?: boolean;
    /** Title of the browser tab. */
    title?: string;
  }
}
