// Reads a calendar with ical.js: {text, from, until} on stdin, its occurrences on stdout.
import { readFileSync } from 'node:fs';

const { default: ICAL } = await import(process.env.LIBRARY);
const asked = JSON.parse(readFileSync(0, 'utf8'));
const calendar = new ICAL.Component(ICAL.parse(asked.text));
for (const zone of calendar.getAllSubcomponents('vtimezone')) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString().replace('.000Z', 'Z');
}

/** A whole day lies where its owner lives. */
function seconds(time) {
  return time.isDate
    ? Date.parse(`${time.toString()}T00:00:00+08:00`) / 1000
    : time.toUnixTime();
}

const found = [];
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  const times = event.iterator();
  for (let start = times.next(); start; start = times.next()) {
    const details = event.getOccurrenceDetails(start);
    if (seconds(details.startDate) >= asked.until) break;
    if (seconds(details.endDate) <= asked.from) continue;
    found.push({
      uid: event.uid,
      start: moment(details.startDate),
      end: moment(details.endDate),
      status: String(component.getFirstPropertyValue('status')),
      sequence: event.sequence,
      summary: event.summary,
      where: event.location ?? '',
      text: event.description,
    });
  }
}
process.stdout.write(JSON.stringify(found));
