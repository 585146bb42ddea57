"""A dossier: everything the library holds on one vendor or body, every line of it a claim that the gate passed.

`making` is the flow. `naming` says where somebody is named, `gathering` finds the statements, `replies`, `positions`,
`disagreements`, `timeline` and `gaps` order them, `grid` sets vendors against bodies. No model has a part in it.
"""
