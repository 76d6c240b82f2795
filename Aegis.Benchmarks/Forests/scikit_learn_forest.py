"""Times scikit-learn's IsolationForest on one thread: python3 scikit_learn_forest.py ROWS_FILE COLUMNS TREES SUBSAMPLE REPEATS

ROWS_FILE holds 32-bit floats, row after row. Prints one line of JSON; the first fit and pass are warm-up and are left out.
"""
import json
import sys
import time

import numpy
import sklearn
from sklearn.ensemble import IsolationForest

path, columns, trees, subsample, repeats = sys.argv[1], *map(int, sys.argv[2:])
rows = numpy.fromfile(path, dtype=numpy.float32).reshape(-1, columns)


def timed(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def fit():
    return IsolationForest(n_estimators=trees, max_samples=subsample, n_jobs=1, random_state=1).fit(rows)


fits, passes, singles = [], [], []
for _ in range(repeats + 1):
    seconds, forest = timed(fit)
    fits.append(seconds)
    seconds, scores = timed(lambda: forest.score_samples(rows))
    passes.append(seconds)
    singles.append(timed(lambda: forest.score_samples(rows[:1]))[0])

print(json.dumps({
    "version": sklearn.__version__,
    "nodes": sum(tree.tree_.node_count for tree in forest.estimators_),
    "meanScore": float(-scores.mean()),
    "fitSeconds": fits[1:],
    "passSeconds": passes[1:],
    "singleSeconds": singles[1:],
}))
