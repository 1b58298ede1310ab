"""Fitting the support score: `python -m parley.eval.fitting.support CLAIMS.jsonl [WEIGHTS.tsv]`.

Recipe: logistic regression with L2 penalty (C = 0.1, chosen among 0.03, 0.1 and 0.3 by cross-validated AUROC on the same file)
on the standardised features of `parley.assistant.drafting.support.features`, then written back to their own scale. The
shipped weights were fitted on the 349 claims of WiCE's dev split at hand (Kamoi et al. 2023, ODC-BY); no other split and no
other data were used.
Cross-validated figures (10 folds, 5 shuffles) are what the fit can claim; figures on the file itself would flatter it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from parley.assistant.drafting.support.features import FEATURES, compare
from parley.assistant.drafting.support.judging import THRESHOLD
from parley.eval.sets.claims import read_claims, support_figures

PENALTY = 0.1
FOLDS, SHUFFLES = 10, 5


def fit(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    """The weights by feature name with "intercept", and the cross-validated figures."""
    claims = read_claims(path)
    features = np.array([compare(claim.claim, claim.text) for claim in claims])
    truth = np.array([claim.supported for claim in claims])
    scores = _cross_validated(features, truth)
    found = support_figures(truth.tolist(), scores.tolist(), (scores >= THRESHOLD).tolist())
    figures = {"macro_f1": found.macro_f1, "precision": found.precision, "recall": found.recall, "auroc": found.auroc}
    model = _model().fit(features, truth)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.sum(weights * scaler.mean_))
    return {"intercept": intercept} | dict(zip(FEATURES, weights.tolist(), strict=True)), figures


def _cross_validated(features: np.ndarray, truth: np.ndarray) -> np.ndarray:
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    shuffles = [StratifiedKFold(FOLDS, shuffle=True, random_state=seed) for seed in range(SHUFFLES)]
    scores = [cross_val_predict(_model(), features, truth, cv=folds, method="predict_proba")[:, 1] for folds in shuffles]
    return np.asarray(np.mean(scores, axis=0))


def _model() -> Any:  # noqa: ANN401  (scikit-learn has no types)
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=2000))


def main() -> None:
    """Fit, print the cross-validated figures, and write the weights if a file for them is named."""
    parser = argparse.ArgumentParser(prog="python -m parley.eval.fitting.support", description="Fit the support score.")
    parser.add_argument("claims", type=Path, metavar="CLAIMS.jsonl")
    parser.add_argument("output", type=Path, nargs="?", metavar="WEIGHTS.tsv", help="where the weights are written")
    options = parser.parse_args()
    weights, figures = fit(options.claims)
    print("cross-validated: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))  # noqa: T201
    if options.output:
        lines = ["# Weights of the support score, fitted on WiCE (ODC-BY) by eval/fitting/support.py. Columns: feature, weight."]
        lines += [f"{name}\t{weight:.6g}" for name, weight in weights.items()]
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
