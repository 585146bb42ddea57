from tests.assistant.chat.asking import asking, server, shelf

__all__ = ["asking", "server", "shelf"]
