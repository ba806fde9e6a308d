// Words to pick from that no table has.
import type { Option } from '@/ui/types';

export const RESULTS: Option[] = [
  { value: 'true', label: '属实' },
  { value: 'untrue', label: '不属实' },
];
