// The only list of all features: their routes and their entries in the office menu.
import { registerMenu } from './core/menu';
import * as calendars from './features/calendars/routes';
import * as calls from './features/calls/routes';
import * as catalogue from './features/catalogue/routes';
import * as hours from './features/hours/routes';
import * as identity from './features/identity/routes';
import * as identityOffice from './features/identity/office/routes';
import * as notifications from './features/notifications/routes';
import * as outbox from './features/outbox/routes';
import * as places from './features/places/routes';
import * as reports from './features/reports/routes';
import * as residents from './features/residents/routes';
import * as robots from './features/robots/routes';
import * as routing from './features/routing/routes';
import * as sheets from './features/sheets/routes';
import * as sync from './features/sync/routes';
import * as systems from './features/systems/routes';
import * as teams from './features/teams/routes';
import * as tickets from './features/tickets/routes';
import * as ticketsAfter from './features/tickets/after/routes';
import * as boards from './features/tickets/boards/routes';
import * as ticketsOffice from './features/tickets/office/routes';
import * as topics from './features/topics/routes';
import * as visits from './features/visits/routes';
import * as months from './features/visits/months/routes';
import * as visitsOffice from './features/visits/office/routes';
import * as visitsPaper from './features/visits/paper/routes';
import * as visitsPatrols from './features/visits/patrols/routes';

const office = [
  identityOffice,
  places,
  teams,
  boards,
  ticketsOffice,
  ticketsAfter,
  months,
  visitsOffice,
  visitsPaper,
  visitsPatrols,
  calls,
  hours,
  residents,
  topics,
  catalogue,
  routing,
  reports,
  sheets,
  notifications,
  systems,
  robots,
  sync,
];
for (const area of office) registerMenu(area.officeMenu);

export const routes = [identity, visits, tickets, calendars, outbox, ...office].flatMap(
  (area) => area.routes,
);
