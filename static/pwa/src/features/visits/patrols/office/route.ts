// A route as the form holds it, and as the server takes it. Pure.
import type { PatrolRoute } from '../types';

export interface RouteForm {
  name: string;
  days: string[];
  from: string;
  to: string;
  points: string[];
  people: string[];
  at_once: string;
}

export function emptyRoute(): RouteForm {
  const days = ['1', '2', '3', '4', '5', '6', '7'];
  return { name: '', days, from: '09:00', to: '10:00', points: [], people: [], at_once: '2' };
}

export function formOf(route: PatrolRoute): RouteForm {
  return {
    name: route.name,
    days: route.days.map(String),
    from: route.window.from,
    to: route.window.to,
    points: route.points.map((one) => one.id),
    people: route.people.map((one) => one.id),
    at_once: String(route.at_once),
  };
}

export function routeBody(form: RouteForm, ended: boolean): Record<string, unknown> {
  return {
    name: form.name.trim(),
    days: form.days.map(Number),
    window: { from: form.from, to: form.to },
    people: [...form.people],
    at_once: Number(form.at_once),
    points: [...form.points],
    ended,
  };
}
