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


def wait_for_file(run):
    """Goes on until the file named by `params.until` exists: long enough to be killed in the middle."""
    import threading
    from pathlib import Path

    pause = threading.Event()
    while not Path(run.params["until"]).exists():
        run.progress(1, 2, "waiting")
        pause.wait(0.05)
    return {"tries": run.job.tries}


register_job("wait_for_file", "Waiting", wait_for_file)
