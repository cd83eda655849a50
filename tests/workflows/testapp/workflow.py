from tests.workflows.testapp.models import H, Handover, Leave, S
from workflows.registry import Due, Machine, State, Work, register_machine

register_machine(
    Machine(
        model=Leave,
        field="state",
        label="leave request",
        states={
            S.DRAFT: State(label="draft", work=[
                Work(kind="leave_fill", title="Fill in the request", audience=lambda o: [f"user:{o.employee_id}"]),
            ]),
            S.ASKED: State(label="asked", work=[
                Work(kind="leave_decide", title="Decide", audience=lambda o: [f"user:{o.boss_id}"],
                     url=lambda o: f"/leave/{o.pk}/", due=Due(at=lambda o: o.due_at, kind="leave_decision")),
            ]),
            S.GRANTED: State(label="granted", final=True),
            S.REFUSED: State(label="refused", final=True),
            S.EXPIRED: State(label="expired", final=True),
        },
    )
)  # fmt: skip


register_machine(
    Machine(
        model=Handover,
        field="state",
        label="handover",
        states={H.OFFERED: State(label="offered"), H.TAKEN: State(label="taken", final=True)},
    )
)
