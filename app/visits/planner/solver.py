"""A model in HiGHS: without whole numbers for what can be proven, with them for what can be done.

One thread and limits of work, not of time: the same model gives the same answer every time.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import NamedTuple

import highspy
import numpy as np
import numpy.typing as npt

from app.visits.planner.model import Model
from app.visits.planner.shapes import Stopped

Columns = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
NEARLY = 1e-6
BASIC = highspy.HighsBasisStatus.kBasic
WHOLE, PARTS = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
NODES = 60  # of a search tree
# Searches of parts of what is searched. Where only outings are decided, the tree is small and ends
# before these do.
PARTLY = ("rins", "rens", "root_reduced_cost")


class Brake:
    """Tells when to stop: somebody cancelled, or far more time went by than is ever needed."""

    def __init__(self, seconds: float, stop: Callable[[], bool]) -> None:
        self.until, self.stop = monotonic() + seconds, stop
        self.was_pulled = False

    @property
    def left(self) -> float:
        """Seconds until it is pulled by itself."""
        return max(0.0, self.until - monotonic())

    def pulled(self) -> bool:
        if self.stop():
            raise Stopped
        self.was_pulled = self.was_pulled or monotonic() > self.until
        return self.was_pulled


def quiet(brake: Brake) -> highspy.Highs:
    """A solver that says nothing and uses one thread."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("time_limit", brake.left)
    return highs


class Rows:
    """All rows of a model as arrays. The upper bounds in `high` may be changed."""

    def __init__(self, model: Model) -> None:
        rows = model.rows
        self.columns = len(model.upper)
        self.low = np.array([low for low, _, _ in rows])
        self.high = np.array([high for _, _, high in rows])
        lengths = [len(terms) for _, terms, _ in rows]
        self.row = np.repeat(np.arange(len(rows)), lengths)
        self.column = np.array([one for _, terms, _ in rows for one in terms], np.int64)
        self.value = np.array([one for _, terms, _ in rows for one in terms.values()])

    def program(
        self, upper: Columns, costs: Columns, also: Numbers
    ) -> tuple[highspy.HighsLp, Numbers, Numbers]:
        """Without the columns that can only be 0 and the rows that then say nothing, but for those
        that are wanted also; and which columns and rows are left."""
        kept = np.flatnonzero(upper > 0)
        inside = upper[self.column] > 0
        row, column, value = self.row[inside], self.column[inside], self.value[inside]
        reach = value * upper[column]
        most = np.bincount(row, np.maximum(reach, 0), len(self.high))
        least = np.bincount(row, np.minimum(reach, 0), len(self.high))
        says = (most > self.high + NEARLY) | (least < self.low - NEARLY)
        says[also] = True
        number, place = np.cumsum(says) - 1, np.zeros(self.columns, np.int64)
        place[kept] = np.arange(len(kept))
        stays = says[row]
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(kept), int(says.sum())
        program.col_cost_, program.col_upper_ = costs[kept], upper[kept]
        program.col_lower_ = np.zeros(len(kept))
        program.row_lower_, program.row_upper_ = self.low[says], self.high[says]
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        lengths = np.bincount(number[row[stays]], minlength=program.num_row_)
        matrix.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        matrix.index_ = place[column[stays]].astype(np.int32)
        matrix.value_ = value[stays]
        return program, kept, np.flatnonzero(says)


class Relaxed:
    """The model with parts of visits allowed: below its best value nothing can go.

    `like` is one of the same rows that has been solved: this one begins where that one ended.
    """

    def __init__(
        self,
        rows: Rows,
        upper: Columns,
        costs: Columns,
        brake: Brake,
        like: "Relaxed | None" = None,
    ) -> None:
        self.highs = quiet(brake)
        also = like.tight() if like else np.array([], np.int64)
        program, self.kept, self.says = rows.program(upper, costs, also)
        self.columns_in_all, self.rows_in_all = rows.columns, len(rows.high)
        self.place = np.zeros(rows.columns, np.int32)
        self.place[self.kept] = np.arange(len(self.kept))
        self.highs.passModel(program)
        if like is not None:
            self._begin(like)

    def tight(self) -> Numbers:
        """The rows that decide, in the way it has ended."""
        return self.says[[one != BASIC for one in self.highs.getBasis().row_status]]

    def _begin(self, like: "Relaxed") -> None:
        """With the other's basis: whatever is new, or gone, does not decide."""
        ended, begun = like.highs.getBasis(), highspy.HighsBasis()
        columns, rows = ended.col_status, ended.row_status
        place = np.full(self.rows_in_all, -1)
        place[like.says] = np.arange(len(like.says))
        begun.col_status = [columns[one] for one in like.place[self.kept]]
        begun.row_status = [rows[one] if one >= 0 else BASIC for one in place[self.says]]
        begun.valid = begun.alien = True
        self.highs.setBasis(begun)
        self.highs.setOptionValue("presolve", "off")

    def solve(self) -> bool:
        """Whether anything is possible. After the first time it starts where the last one ended."""
        self.highs.run()
        self.highs.setOptionValue("presolve", "off")
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def within(self, columns: Numbers, low: float, high: float) -> None:
        """New bounds of some columns."""
        number = len(columns)
        lows, highs = np.full(number, low, np.float64), np.full(number, high, np.float64)
        self.highs.changeColsBounds(number, self.place[columns], lows, highs)

    def price(self, costs: Columns) -> None:
        """New costs of all columns."""
        number = len(self.kept)
        self.highs.changeColsCost(number, np.arange(number, dtype=np.int32), costs[self.kept])

    @property
    def value(self) -> float:
        return float(self.highs.getObjectiveValue())

    @property
    def duals(self) -> Columns:
        """What one more of each column costs."""
        return self._spread(self.highs.getSolution().col_dual)

    @property
    def columns(self) -> Columns:
        return self._spread(self.highs.getSolution().col_value)

    def _spread(self, some: Sequence[float]) -> Columns:
        columns = np.zeros(self.columns_in_all)
        columns[self.kept] = some
        return columns


class Wish(NamedTuple):
    """Which columns are to be whole numbers; and with which costs one may stop searching, or need
    not begin."""

    whole: Numbers
    enough: float = -np.inf
    most: float = np.inf


def search(rows: Rows, upper: Columns, costs: Columns, brake: Brake, wish: Wish) -> Columns | None:
    """The best within these upper bounds with whole numbers of some columns, as far as some work
    goes."""
    highs = quiet(brake)
    program, kept, _ = rows.program(upper, costs, np.array([], np.int64))
    wanted = np.isin(kept, wish.whole)
    program.integrality_ = [WHOLE if one else PARTS for one in wanted]
    highs.passModel(program)
    highs.setOptionValue("mip_allow_restart", False)
    highs.setOptionValue("mip_max_nodes", NODES)
    for one in PARTLY:
        highs.setOptionValue(f"mip_heuristic_run_{one}", False)
    highs.setOptionValue("objective_target", wish.enough)
    highs.setOptionValue("objective_bound", wish.most)
    highs.run()
    found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not found:
        return None
    columns = np.zeros(rows.columns)
    columns[kept] = highs.getSolution().col_value
    return columns
