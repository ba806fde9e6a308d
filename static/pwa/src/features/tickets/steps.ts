// The six steps a ticket goes through, and where one stands. Pure.
export interface Step {
  name: string;
  state: 'done' | 'now' | 'later';
}

const STEPS = ['受理', '派单', '办理', '办结', '审核', '评价'];
/** How many steps are behind a ticket of this status. */
const BEHIND: Record<string, number> = {
  submitted: 0,
  accepted: 1,
  dispatched: 2,
  in_progress: 2,
  suspended: 2,
  deliberating: 2,
  escalated: 2,
  resolved: 4,
  reviewed: 5,
  closed: 6,
};

export function stepsOf(status: string): Step[] {
  const behind = BEHIND[status];
  if (behind === undefined) return [];
  return STEPS.map((name, index) => {
    if (index < behind) return { name, state: 'done' };
    return { name, state: index === behind ? 'now' : 'later' };
  });
}
