// People's own channels, in words. Pure.
import type { Tone } from '@/ui/types';

export type ChannelKind = 'mail' | 'wecom' | 'other';

export interface OwnChannel {
  id: string;
  kind: ChannelKind;
  kind_name: string;
  address_masked: string;
  state: 'unconfirmed' | 'ready' | 'broken';
  tries_left: number;
  code_until: string;
  last_ok_at: string | null;
  failed_at: string | null;
  why: string | null;
}

export interface OwnChannels {
  items: OwnChannel[];
  offered: ChannelKind[];
}

interface Asked {
  label: string;
  field: string;
  hint: string;
  placeholder: string;
}

export const ASKED: Record<ChannelKind, Asked> = {
  mail: {
    label: '邮箱',
    field: '邮箱地址',
    hint: '用手机上会弹提醒的邮箱最好',
    placeholder: 'name@qq.com',
  },
  wecom: {
    label: '企业微信',
    field: '企业微信账号',
    hint: '在企业微信“我的 – 设置”里看，是字母和数字',
    placeholder: 'zhangsan',
  },
  other: {
    label: '机器人或网址',
    field: '机器人的网址',
    hint: '企业微信、钉钉、飞书机器人的网址，或者您自己的 https 网址',
    placeholder: 'https://',
  },
};

/** The ways of one's own that this installation has, in words; what is not set up is not promised. */
export function ownWays(offered: ChannelKind[]): string {
  return offered.map((kind) => ASKED[kind].label).join('、');
}

export interface Standing {
  tone: Tone;
  shape: string;
  words: string;
}

export function standingOf(channel: OwnChannel): Standing {
  if (channel.state === 'broken') return { tone: 'over', shape: '■', words: '不能用了' };
  if (channel.state === 'unconfirmed') return { tone: 'warn', shape: '◷', words: '等验证' };
  const missed = channel.failed_at !== null && channel.failed_at > (channel.last_ok_at ?? '');
  return missed
    ? { tone: 'warn', shape: '◆', words: '上一条没送到' }
    : { tone: 'ok', shape: '✓', words: '在用' };
}
