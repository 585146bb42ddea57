"""How the models that are shipped were trained, so that anybody can do it again."""
