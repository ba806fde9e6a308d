// What this device is called in lists; for the app and its worker.

/** A plain name for the list of devices: "安卓手机 · 微信". */
export function deviceName(agent: string = navigator.userAgent): string {
  const devices: [RegExp, string][] = [
    [/iPhone/, '苹果手机'],
    [/iPad/, '平板'],
    [/HarmonyOS|OpenHarmony/, '鸿蒙手机'],
    [/Android/, '安卓手机'],
    [/Windows/, 'Windows 电脑'],
    [/Mac OS/, '苹果电脑'],
  ];
  const browsers: [RegExp, string][] = [
    [/MicroMessenger/, '微信'],
    [/Firefox/, 'Firefox'],
    [/Edg/, 'Edge'],
    [/Chrome/, 'Chrome'],
    [/Safari/, 'Safari'],
  ];
  const device = devices.find(([pattern]) => pattern.test(agent))?.[1] ?? '电脑';
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1] ?? '浏览器';
  return `${device} · ${browser}`;
}
