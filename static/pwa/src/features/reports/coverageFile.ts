// The spreadsheet of coverage, as the server sends it.
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface SheetFile {
  name: string;
  /** In base64. */
  content: string;
}

export function fileOf({ name, content }: SheetFile): File {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  return new File([bytes], name, { type: XLSX });
}
