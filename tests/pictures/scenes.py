"""What is pictured: who looks, at which page, in which language, how wide, by day or by night."""

from dataclasses import dataclass

DESK, PHONE = (1280, 800), (390, 780)


@dataclass(frozen=True)
class Scene:
    """One picture: a person of the demonstration opens an address, follows links, and looks at the first screen."""

    name: str
    address: str
    role: str = ""
    language: str = "en"
    size: tuple[int, int] = DESK
    scheme: str = "light"
    follow: tuple[str, ...] = ()
    """Links to follow from the address, as selectors: numbers of rows are not the pictures' business."""
    scroll_to: str = ""
    """What stands at the top of the picture, where that is not the top of the page."""


DRAFT = "main a[href^='/applications/'][href$='/check/']"
GOAL = "main a[href*='/sections/essence/']"
TASKS = "main a[href^='/applications/']:not([href*='check'])"
REVIEW = "main table a[href^='/reviews/']"
RUNNING = "main a[href='/projects/1/']"
SPENDING = "#picture-spending"

SCENES = (
    Scene("public-home", "/", scroll_to="#funded"),
    Scene("public-home-phone", "/", language="lt", size=PHONE),
    Scene("call", "/calls/BP-2027-1/"),
    Scene("applicant-home", "/", role="applicant", language="lt"),
    Scene("application-tasks", "/", role="applicant", follow=(TASKS,)),
    Scene("application-section", "/", role="applicant", follow=(TASKS, GOAL)),
    Scene("evaluator-home", "/", role="evaluator", language="lt", scheme="dark"),
    Scene("evaluator-scoring", "/", role="evaluator", follow=(REVIEW,)),
    Scene("coordinator-home", "/", role="coordinator"),
    Scene("coordinator-phone", "/", role="coordinator", language="lt", size=PHONE, scheme="dark"),
    Scene("ranking", "/calls/BP-2025-1/manage/", role="coordinator", follow=("main a[href$='/ranking/']",)),
    Scene("project", "/", role="applicant", follow=(RUNNING,)),
    Scene("project-money", "/", role="applicant", language="lt", follow=(RUNNING,), scroll_to=SPENDING),
    Scene("finance-home", "/", role="finance", language="lt"),
    Scene("payment", "/payments/?state=requested", role="head", follow=("main table a[href^='/payments/']",)),
    Scene("money", "/money/", role="head"),
    Scene("head-home", "/", role="head", language="lt"),
    Scene("impact-report", "/impact/", follow=("main table a",)),
    Scene("auditor-home", "/", role="auditor"),
    Scene("administrator-roles", "/", role="admin", language="lt", follow=("main a[href='/roles/']",)),
)
