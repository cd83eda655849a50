"""The pages of selection: the evaluator's, and the coordinator's."""
