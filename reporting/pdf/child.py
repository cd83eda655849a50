"""The process that makes one PDF: the template's name as argument, JSON on standard input, the file on its output."""

import sys
from pathlib import Path

import fontpkg_inter
import typst

FOLDER = Path(__file__).resolve().parent
FONTS = Path(fontpkg_inter.__file__).resolve().parent / "files"


def main() -> None:
    """Compile with our fonts only and no network, so that the same data gives the same pages everywhere."""
    template = FOLDER / Path(sys.argv[1]).name
    pdf = typst.compile(
        template,
        root=FOLDER,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1", "a-2a"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
