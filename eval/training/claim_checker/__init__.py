"""Training of the built-in claim checker: pairs, changed claims, model, schedule, export.

python -m eval.training.claim_checker.data --pairs DIR --out pairs.npz
python -m eval.training.claim_checker.train --pairs pairs.npz --out RUN --minutes 60
python -m eval.training.claim_checker.export --run RUN --out FOLDER
python -m eval.benchmarks.support --data DIR
"""
