"""A model in HiGHS: without whole numbers for what can be proven, with them for what can be done.

One thread and limits of work, not of time: the same model gives the same answer every time.
"""

from collections.abc import Callable, Iterable
from time import monotonic

import highspy
import numpy as np
import numpy.typing as npt

from app.visits.planner.model import Model
from app.visits.planner.shapes import Stopped

Columns = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
NEARLY = 1e-6
NODES = 60  # of a search tree


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

    def program(self, upper: Columns, costs: Columns) -> tuple[highspy.HighsLp, Numbers]:
        """Without the columns that can only be 0 and the rows that then say nothing; and which
        columns are left."""
        kept = np.flatnonzero(upper > 0)
        inside = upper[self.column] > 0
        row, column, value = self.row[inside], self.column[inside], self.value[inside]
        reach = value * upper[column]
        most = np.bincount(row, np.maximum(reach, 0), len(self.high))
        least = np.bincount(row, np.minimum(reach, 0), len(self.high))
        says = (most > self.high + NEARLY) | (least < self.low - NEARLY)
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
        return program, kept


class Relaxed:
    """The model with parts of visits allowed: below its best value nothing can go."""

    def __init__(self, rows: Rows, upper: Columns, costs: Columns, brake: Brake) -> None:
        self.highs = quiet(brake)
        program, self.kept = rows.program(upper, costs)
        self.place = {int(column): place for place, column in enumerate(self.kept)}
        self.number = rows.columns
        self.highs.passModel(program)

    def solve(self) -> bool:
        """Whether anything is possible. After the first time it starts where the last one ended."""
        self.highs.run()
        self.highs.setOptionValue("presolve", "off")
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def within(self, columns: Iterable[int], low: float, high: float) -> None:
        """New bounds of some columns."""
        for column in columns:
            self.highs.changeColBounds(self.place[int(column)], low, high)

    @property
    def value(self) -> float:
        return float(self.highs.getObjectiveValue())

    def dearer_than(self, price: float) -> Numbers:
        """Columns of which one more costs more than this."""
        dual = np.array(self.highs.getSolution().col_dual)
        return self.kept[dual > price + NEARLY]

    @property
    def columns(self) -> Columns:
        return _spread(self.highs, self.kept, self.number)


def search(
    rows: Rows, upper: Columns, costs: Columns, brake: Brake, enough: float = -np.inf
) -> Columns | None:
    """The best whole numbers within these upper bounds, as far as some work goes, or the first that
    cost no more than enough."""
    highs = quiet(brake)
    program, kept = rows.program(upper, costs)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(kept)
    highs.passModel(program)
    highs.setOptionValue("mip_allow_restart", False)
    highs.setOptionValue("mip_max_nodes", NODES)
    highs.setOptionValue("objective_target", enough)
    highs.run()
    found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return np.round(_spread(highs, kept, rows.columns)) if found else None


def _spread(highs: highspy.Highs, kept: Numbers, number: int) -> Columns:
    """A solution with the columns that were left out."""
    columns = np.zeros(number)
    columns[kept] = highs.getSolution().col_value
    return columns
