// From the filled questions of a report to what the server takes, and what is still missing.
import type { FieldErrors, Report } from './types';

export function emptyReport(): Report {
  return { category: '', text: '', spot: '', whose: '', agreed_by: '', media: [] };
}

export function missingIn(report: Report): FieldErrors {
  const missing: FieldErrors = {};
  if (!report.category) missing.category = ['请选一类。'];
  if (!report.text.trim()) missing.text = ['请写一两句是什么事。'];
  if (!report.whose) missing.public_area = ['请选一个。'];
  if (report.whose === 'agreed' && !report.agreed_by.trim())
    missing.agreed_by = ['请写是谁同意的。'];
  return missing;
}

/** A private matter says whose agreement; one's own is agreed to by oneself. */
function agreement(report: Report): string {
  if (report.whose === 'mine') return '本人';
  return report.whose === 'agreed' ? report.agreed_by.trim() : '';
}

/** Homes are private: photos go with public parts only. */
export function photosIn(report: Report): string[] {
  return report.whose === 'public' ? [...report.media] : [];
}

export function reportBody(report: Report): Record<string, unknown> {
  const agreed_by = agreement(report);
  const spot = report.spot.trim();
  return {
    category: report.category,
    text: report.text.trim(),
    public_area: report.whose === 'public',
    ...(agreed_by ? { agreed_by } : {}),
    ...(spot ? { spot } : {}),
    media: photosIn(report),
  };
}
