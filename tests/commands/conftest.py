from tests.store.conftest import desk_template
from tests.stores import whole_template

__all__ = ["desk_template", "whole_template"]
