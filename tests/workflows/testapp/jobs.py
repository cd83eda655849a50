from workflows.jobs import JobFailed, register_job


def count_up(run):
    """Counts to `params.to`, saying so at every step."""
    for number in range(run.params["to"]):
        run.progress(number + 1, run.params["to"], f"step {number + 1}")
    return {"counted": run.params["to"]}


def refuse(run):
    raise JobFailed("There is nothing to count.")


def explode(run):
    raise ZeroDivisionError("by zero")


def attach(run):
    run.attach("figures.csv", b"a,b\n")
    return {"url": "/leave/", "label": "See the leaves"}


register_job("count_up", "Counting", count_up)
register_job("refuse", "Refusing", refuse)
register_job("explode", "Exploding", explode)
register_job("attach", "Attaching", attach)
