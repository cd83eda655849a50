"""Files made for the tests: whole ones of every accepted kind, and the pieces that hostile ones are made of."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ADOC = "application/vnd.lt.archyvai.adoc-2008"
ASICE = "application/vnd.etsi.asic-e+zip"
MANIFEST = ("META-INF/manifest.xml", b"<manifest/>")
SIGNATURE = ("META-INF/signatures0.xml", b"<signature/>")


def pdf(body=b"1 0 obj<<>>endobj\n", head=b"%PDF-1.7\n", tail=b"startxref\n9\n%%EOF\n"):
    return head + body + tail


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=2, height=2, after=b"", chunks=b""):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00" * 14))
    return b"\x89PNG\r\n\x1a\n" + head + chunks + pixels + chunk(b"IEND") + after


def jpg(width=2, height=2, after=b"", comment=b""):
    segments = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    if comment:
        segments += b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + segments + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\xd9" + after


def package(*parts, compression=zipfile.ZIP_DEFLATED):
    """A ZIP of (name or ZipInfo, content) in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as zipped:
        for name, content in parts:
            zipped.writestr(name, content)
    return made.getvalue()


def types(main):
    return (
        "[Content_Types].xml",
        f'<Types><Override PartName="/x.xml" ContentType="{main}.main+xml"/></Types>'.encode(),
    )


def docx(*more):
    return package(types(WORDS), ("word/document.xml", b"<w:document/>"), *more)


def xlsx(*more):
    return package(types(SHEETS), ("xl/workbook.xml", b"<workbook/>"), *more)


def marked(mime, *more):
    return package(("mimetype", mime.encode()), MANIFEST, ("content.xml", b"<office/>"), *more)


def odt(*more):
    return marked(ODT, *more)


def ods(*more):
    return marked(ODS, *more)


def adoc(*more):
    return marked(ADOC, SIGNATURE, *more)


def asice(*more):
    return marked(ASICE, SIGNATURE, ("agreement.pdf", pdf()), *more)


WHOLE = {
    "pdf": (pdf, "application/pdf"),
    "png": (png, "image/png"),
    "jpg": (jpg, "image/jpeg"),
    "docx": (docx, WORDS),
    "xlsx": (xlsx, SHEETS),
    "odt": (odt, ODT),
    "ods": (ods, ODS),
    "adoc": (adoc, ADOC),
    "asice": (asice, ASICE),
}


def upload(name, content, mime="application/octet-stream"):
    """As Django hands over an uploaded file; its name is taken as sent, without Django's own cleaning."""
    file = SimpleUploadedFile("x", content, content_type=mime)
    file._name = name
    return file
