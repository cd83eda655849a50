"""A toy app on which the engine is proved: a leave request, which knows nothing of grants."""
