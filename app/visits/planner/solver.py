"""A model in HiGHS: without whole numbers for what can be proven, with them for what can be done.

One thread and limits of work, not of time: the same model gives the same answer every time.
"""

from collections.abc import Callable, Iterable, Mapping
from time import monotonic

import highspy
import numpy as np
import numpy.typing as npt

from app.visits.planner.model import Model

Columns = npt.NDArray[np.float64]
NEARLY = 1e-6
NODES = 60  # of a search tree


class Stopped(Exception):
    """Somebody cancelled."""


class Brake:
    """Tells when to stop: somebody cancelled, or far more time went by than is ever needed."""

    def __init__(self, seconds: float, stop: Callable[[], bool]) -> None:
        self.until, self.stop = monotonic() + seconds, stop
        self.was_pulled = False

    def pulled(self) -> bool:
        if self.stop():
            raise Stopped
        self.was_pulled = self.was_pulled or monotonic() > self.until
        return self.was_pulled


def quiet(seed: int) -> highspy.Highs:
    """A solver that says nothing and uses one thread."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("random_seed", seed % 2**31)
    return highs


class Relaxed:
    """The model with parts of visits allowed: quickly solved again after small changes, and below
    its best value nothing can go."""

    def __init__(self, model: Model, seed: int) -> None:
        self.highs = quiet(seed)
        self.highs.passModel(_program(model))
        self.number = len(model.upper)
        self.every = np.arange(self.number, dtype=np.int32)
        self._warm = False

    def solve(self) -> bool:
        """Whether anything is possible."""
        self.highs.run()
        if not self._warm:  # from now on each solve starts where the last one ended
            self.highs.setOptionValue("presolve", "off")
            self._warm = True
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def minimise(self, costs: Columns) -> None:
        self.highs.changeColsCost(self.number, self.every, costs)

    def row(self, terms: Mapping[int, float], high: float) -> int:
        """One more row, with no more than this; returns its number."""
        columns = np.array(list(terms), np.int32)
        values = np.array(list(terms.values()), np.float64)
        self.highs.addRow(-np.inf, high, len(terms), columns, values)
        return int(self.highs.getNumRow()) - 1

    def limit(self, row: int, high: float) -> None:
        self.highs.changeRowBounds(row, -np.inf, high)

    def restart(self, low: Columns, high: Columns) -> None:
        """New bounds of all columns."""
        self.highs.changeColsBounds(self.number, self.every, low, high)

    def within(self, columns: Iterable[int], low: float, high: float) -> None:
        """New bounds of some columns."""
        for column in columns:
            self.highs.changeColBounds(int(column), low, high)

    @property
    def value(self) -> float:
        return float(self.highs.getObjectiveValue())

    @property
    def columns(self) -> Columns:
        return np.array(self.highs.getSolution().col_value)


def search(
    relaxed: Relaxed, upper: Columns, *, target: float = -np.inf, start: Columns | None = None
) -> Columns | None:
    """The best whole numbers for the rows and costs of a relaxed model, with these upper bounds."""
    highs = quiet(0)
    program = relaxed.highs.getLp()
    program.col_lower_ = np.zeros(relaxed.number)
    program.col_upper_ = upper
    program.integrality_ = [highspy.HighsVarType.kInteger] * relaxed.number
    highs.passModel(program)
    highs.setOptionValue("mip_max_nodes", NODES)
    highs.setOptionValue("objective_target", target)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
    highs.run()
    found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return np.round(np.array(highs.getSolution().col_value)) if found else None


def _program(model: Model) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.upper), len(model.rows)
    program.col_cost_ = program.col_lower_ = np.zeros(len(model.upper))
    program.col_upper_ = np.array(model.upper)
    program.row_lower_ = np.array([low for low, _, _ in model.rows])
    program.row_upper_ = np.array([high for _, _, high in model.rows])
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    lengths = [len(terms) for _, terms, _ in model.rows]
    matrix.start_ = np.cumsum([0, *lengths]).astype(np.int32)
    matrix.index_ = np.array([one for _, terms, _ in model.rows for one in terms], np.int32)
    values = [value for _, terms, _ in model.rows for value in terms.values()]
    matrix.value_ = np.array(values, np.float64)
    return program
