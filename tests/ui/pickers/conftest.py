from tests.ui.real_desk import desk, frame, store_path, whole_template

__all__ = ["desk", "frame", "store_path", "whole_template"]
