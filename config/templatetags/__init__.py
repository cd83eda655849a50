"""What pages say about the house itself."""
