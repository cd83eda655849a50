"""What a person reads on a page of money."""


def texts(response):
    return response.content.decode().replace("\u00a0", " ")
