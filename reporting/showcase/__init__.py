"""What everybody may read: what was funded, where, with what result, how it is decided, figures of programmes."""
