"""The half of the bench that starts processes, and sets what they measured side by side."""
