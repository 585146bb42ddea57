"""Training of the built-in claim checker: pairs, changed claims, model, schedule, export, weighing.

python -m eval.training.claim_checker.data --pairs DIR --out first/pairs.npz
python -m eval.training.claim_checker.train --pairs first/pairs.npz --out RUN --minutes 65
python -m eval.training.claim_checker.export --run RUN --pairs first/pairs.npz --out claim-checker.onnx
python -m eval.training.claim_checker.data --pairs DIR --out second/pairs.npz --mix second
python -m eval.training.claim_checker.calibrate --pairs second/held-out.jsonl --graph claim-checker.onnx
python -m eval.benchmarks.support --data DIR

A further training on what the first had not read starts from it:
python -m eval.training.claim_checker.train --pairs second/pairs.npz --start RUN --out FURTHER --minutes 85 --rate 1e-4 --level
"""
