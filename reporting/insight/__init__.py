"""Pictures of what is under way, gathered for the pages of earlier rooms: project, call, ranking, money, plan."""
